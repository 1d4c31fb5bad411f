using Akka.Actor;

namespace Akka.TestKit.Tests;

public class ReceiveTests : Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void Zero_does_not_wait()
    {
        Assert.Null(ReceiveOne(TimeSpan.Zero));
        TestActor.Tell(1);
        Assert.Equal(1, ReceiveOne(TimeSpan.Zero));
    }

    [Fact]
    public void A_message_that_comes_ends_the_wait()
    {
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(20), TestActor, "later", ActorRefs.NoSender);

        Assert.Equal("later", ReceiveOne(Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void An_envelope_has_the_message_and_its_sender()
    {
        TestActor.Tell("m", TestActor);

        Assert.True(TryReceiveOne(out var envelope, Wait));
        Assert.Equal("m", envelope.Message);
        Assert.Equal(TestActor, envelope.Sender);
        Assert.False(TryReceiveOne(out var none, Short));
        Assert.IsType<NullMessageEnvelope>(none);
    }

    [Fact]
    public void Peeking_leaves_the_message()
    {
        TestActor.Tell("m");

        Assert.Equal("m", PeekOne(Wait));
        Assert.True(HasMessages);
        Assert.Equal("m", PeekOne(Wait));
        Assert.Equal("m", ReceiveOne(Wait));
        Assert.Null(PeekOne(TimeSpan.Zero));
        Assert.False(HasMessages);
    }

    [Fact]
    public void Many_are_received_in_order()
    {
        for (var i = 0; i < 5; i++)
        {
            TestActor.Tell(i);
        }

        Assert.Equal(new object[] { 0, 1, 2, 3, 4 }, ReceiveN(5, Wait));
    }

    [Fact]
    public void Too_few_fail_with_those_that_came()
    {
        TestActor.Tell("first");

        var text = FailureOf.This(() => ReceiveN(2, Short));

        Assert.Contains("expecting 2 messages", text);
        Assert.Contains("{first}", text);
    }

    [Fact]
    public async Task All_kinds_can_be_awaited()
    {
        for (var i = 0; i < 4; i++)
        {
            TestActor.Tell(i);
        }

        Assert.Equal(0, await PeekOneAsync(Wait));
        Assert.Equal(0, await ReceiveOneAsync(Wait));
        Assert.Equal(1, (await TryReceiveOneAsync(Wait)).envelope.Message);
        var rest = new List<object>();
        await foreach (var message in ReceiveNAsync(2, Wait))
        {
            rest.Add(message);
        }

        Assert.Equal([2, 3], rest);
        Assert.Null(await ReceiveOneAsync(TimeSpan.Zero));
    }
}
