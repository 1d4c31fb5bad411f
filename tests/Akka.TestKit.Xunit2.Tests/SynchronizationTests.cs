namespace Akka.TestKit.Tests;

public class SynchronizationTests : Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_latch_opens_after_so_many_events()
    {
        var latch = CreateTestLatch(2);
        Assert.False(latch.IsOpen);
        var waiting = Task.Run(() => latch.Ready(Wait));

        latch.CountDown();
        Assert.False(latch.IsOpen);
        latch.CountDown();

        await waiting;
        Assert.True(latch.IsOpen);
    }

    [Fact]
    public void A_latch_that_does_not_open_says_how_many_are_missing()
    {
        var latch = new TestLatch(3);
        latch.CountDown();

        var error = Assert.Throws<TimeoutException>(() => latch.Ready(TimeSpan.FromMilliseconds(50)));

        Assert.Contains("2 of 3", error.Message);
    }

    [Fact]
    public void A_latch_can_be_opened_and_reset()
    {
        var latch = new TestLatch(3);

        latch.Open();
        latch.Ready(Wait);
        latch.Reset();

        Assert.False(latch.IsOpen);
    }

    [Fact]
    public async Task A_barrier_holds_until_all_have_come()
    {
        var barrier = CreateTestBarrier(3);

        var waiting = Enumerable.Range(0, 2).Select(_ => Task.Run(() => barrier.Await(Wait))).ToList();
        Assert.DoesNotContain(waiting, w => w.IsCompleted);
        barrier.Await(Wait);

        await Task.WhenAll(waiting);
    }

    [Fact]
    public void A_barrier_that_is_not_reached_by_all_says_how_many_are_missing()
    {
        var error = Assert.Throws<TimeoutException>(() => CreateTestBarrier(3).Await(TimeSpan.FromMilliseconds(50)));

        Assert.Contains("3", error.Message);
    }
}
