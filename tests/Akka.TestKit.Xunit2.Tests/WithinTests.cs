using Akka.Actor;

namespace Akka.TestKit.Tests;

public class WithinTests : Xunit2.TestKit
{
    [Fact]
    public void The_result_of_the_block_is_returned()
    {
        Assert.Equal(7, Within(TimeSpan.FromSeconds(10), () => 7));
    }

    [Fact]
    public void Waits_in_the_block_share_its_time()
    {
        var start = Now;

        FailureOf.This(() => Within(TimeSpan.FromMilliseconds(100), () => ExpectMsg<string>()));

        Assert.True(Now - start < TimeSpan.FromSeconds(2.5), $"It took {Now - start}.");
    }

    [Fact]
    public void What_remains_gets_less()
    {
        Within(TimeSpan.FromSeconds(10), () =>
        {
            Assert.InRange(Remaining, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
            Assert.Equal(Remaining.TotalSeconds, RemainingOrDefault.TotalSeconds, 0.5);
        });
    }

    [Fact]
    public void Nothing_remains_outside_of_a_block()
    {
        Assert.Throws<InvalidOperationException>(() => Remaining);
        Assert.Equal(TimeSpan.FromSeconds(3), RemainingOrDefault);
    }

    [Fact]
    public void A_block_that_takes_too_long_fails()
    {
        var text = FailureOf.This(() => Within(TimeSpan.FromMilliseconds(20), () => AwaitConditionNoThrow(() => false, TimeSpan.FromMilliseconds(60))));

        Assert.Contains("exceeding 00:00:00.02", text);
    }

    [Fact]
    public void A_block_may_take_longer_by_epsilon()
    {
        Within(
            TimeSpan.FromMilliseconds(20),
            () => AwaitConditionNoThrow(() => false, TimeSpan.FromMilliseconds(60)),
            TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_block_that_is_too_quick_fails()
    {
        var text = FailureOf.This(() => Within(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), () => { }, "Where is the delay?"));

        Assert.Contains("should have at least been 00:00:01", text);
        Assert.Contains("Where is the delay?", text);
    }

    [Fact]
    public void An_inner_block_gets_at_most_the_time_of_the_outer_one()
    {
        Within(TimeSpan.FromSeconds(5), () =>
        {
            Within(TimeSpan.FromMinutes(1), () => Assert.True(Remaining <= TimeSpan.FromSeconds(5)));
            Assert.True(Remaining > TimeSpan.FromSeconds(1));
        });
    }

    [Fact]
    public void A_block_ends_when_it_throws()
    {
        Assert.Throws<FormatException>(() => Within(TimeSpan.FromSeconds(1), () => throw new FormatException()));
        Assert.Throws<InvalidOperationException>(() => Remaining);
    }

    [Fact]
    public async Task A_block_can_be_awaited()
    {
        TestActor.Tell("m");

        Assert.Equal("m", await WithinAsync(TimeSpan.FromSeconds(10), async () => await ExpectMsgAsync<string>()));
        await FailureOf.ThisAsync(() => WithinAsync(TimeSpan.FromMilliseconds(50), async () => await ExpectMsgAsync<string>()));
    }

    [Fact]
    public async Task An_awaited_block_that_hangs_fails()
    {
        var never = new TaskCompletionSource();

        var text = await FailureOf.ThisAsync(() => WithinAsync(TimeSpan.FromMilliseconds(50), () => never.Task));

        Assert.Contains("exceeding 00:00:00.05", text);
    }
}
