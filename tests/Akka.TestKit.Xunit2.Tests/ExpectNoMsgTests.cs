using Akka.Actor;

namespace Akka.TestKit.Tests;

public class ExpectNoMsgTests : Xunit2.TestKit
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void Silence_is_expected_for_the_whole_time()
    {
        var start = Now;

        ExpectNoMsg(Short);
        ExpectNoMsg(50);

        Assert.True(Now - start >= TimeSpan.FromMilliseconds(99), $"It took {Now - start}.");
    }

    [Fact]
    public void A_message_fails_with_the_message_and_its_sender()
    {
        TestActor.Tell("noise", TestActor);

        var text = FailureOf.This(() => ExpectNoMsg(Short));

        Assert.Contains("00:00:00.05", text);
        Assert.Contains("<noise>", text);
        Assert.Contains(TestActor.ToString()!, text);
    }

    [Fact]
    public async Task It_can_be_awaited()
    {
        await ExpectNoMsgAsync(Short);
        TestActor.Tell("noise");
        await FailureOf.ThisAsync(async () => await ExpectNoMsgAsync(Short));
    }

    [Fact]
    public void Without_a_time_it_waits_for_the_rest_of_the_Within_block()
    {
        var start = Now;

        Within(TimeSpan.FromMilliseconds(150), () => ExpectNoMsg());

        Assert.InRange(Now - start, TimeSpan.FromMilliseconds(149), TimeSpan.FromSeconds(2.5));
    }
}
