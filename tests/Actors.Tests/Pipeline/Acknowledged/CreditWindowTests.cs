namespace Actors.Tests;

public sealed class CreditWindowTests
{
    /// <summary>The window when so many seconds' work has been done, each task in that time.</summary>
    private static int After(double seconds, TimeSpan each, int workers = 1, int most = 4096)
    {
        var window = new CreditWindow(workers, most, TimeSpan.Zero);
        for (var now = each; now < TimeSpan.FromSeconds(seconds); now += each) window.Done(workers, now);
        return window.Size;
    }

    [Fact]
    public void Quick_work_comes_to_the_most() => Assert.Equal(4096, After(1, TimeSpan.FromMicroseconds(5)));

    [Fact]
    public void Slow_work_comes_to_one_task_in_hand_and_one_on_its_way() => Assert.Equal(2, After(600, TimeSpan.FromSeconds(2)));

    [Fact]
    public void Slow_work_of_a_pool_keeps_each_of_it_at_work() => Assert.Equal(64, After(600, TimeSpan.FromSeconds(2), workers: 32));

    [Fact]
    public void In_between_the_window_is_what_is_done_in_one_to_four_seconds() =>
        Assert.InRange(After(60, TimeSpan.FromMilliseconds(1)), 1000, 4000);

    [Fact]
    public void A_peer_that_is_far_away_is_not_held_back()
    {
        var window = new CreditWindow(workers: 1, most: 4096, since: TimeSpan.Zero);
        // A whole window is done each time that it has gone there and back.
        for (var turn = 1; turn <= 10; turn++) window.Done(window.Size, turn * TimeSpan.FromMilliseconds(300));

        Assert.Equal(4096, window.Size);
    }

    [Fact]
    public void Nothing_is_beyond_the_most() => Assert.Equal(1, After(10, TimeSpan.FromMilliseconds(1), workers: 32, most: 1));
}
