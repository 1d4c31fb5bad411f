using Akka.Actor;

namespace Akka.TestKit.Tests;

public class ReceiveWhileTests : Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    private void Tell(params object[] messages)
    {
        foreach (var message in messages)
        {
            TestActor.Tell(message);
        }
    }

    [Fact]
    public void It_ends_at_the_first_that_the_filter_refuses_and_leaves_it()
    {
        Tell("a", "b", 1, "c");

        Assert.Equal(["a", "b"], ReceiveWhile(Wait, message => message as string));
        Assert.Equal("b", LastMessage);
        ExpectMsg(1, Wait);
    }

    [Fact]
    public void It_ends_when_nothing_comes()
    {
        Tell("a");

        Assert.Equal(["a"], ReceiveWhile<string>(TimeSpan.FromMilliseconds(100), message => message as string));
    }

    [Fact]
    public void It_ends_when_nothing_comes_for_the_idle_time()
    {
        Tell("a");
        var start = Now;

        Assert.Equal(["a"], ReceiveWhile<string>(TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(100), message => message as string));
        Assert.True(Now - start < TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void It_ends_after_so_many()
    {
        Tell("a", "b", "c");

        Assert.Equal(["a", "b"], ReceiveWhile(Wait, message => message as string, msgs: 2));
        ExpectMsg("c", Wait);
    }

    [Fact]
    public void A_predicate_may_pass_over_other_types()
    {
        Tell("a", 1, "b", "stop", "c");

        Assert.Equal(["a", "b"], ReceiveWhile<string>(text => text != "stop", Wait));
        ExpectMsg("stop", Wait);
    }

    [Fact]
    public void A_predicate_may_end_at_other_types()
    {
        Tell("a", 1, "b");

        Assert.Equal(["a"], ReceiveWhile<string>(_ => true, Wait, shouldIgnoreOtherMessageTypes: false));
        ExpectMsg(1, Wait);
    }

    [Fact]
    public async Task It_can_be_awaited()
    {
        Tell("a", "b", 1);

        var received = new List<string>();
        await foreach (var message in ReceiveWhileAsync(Wait, message => message as string))
        {
            received.Add(message);
        }

        Assert.Equal(["a", "b"], received);
    }
}
