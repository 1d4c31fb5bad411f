using System.Diagnostics;
using NetMQ.Io;
using Xunit;

namespace NetMQ.Tests.Polling;

public class AdaptiveSpinTests
{
    // Longer than any test, so that only the history of the waits decides.
    private static readonly TimeSpan s_long = TimeSpan.FromHours(1);

    [Fact]
    public void A_wait_looks_again_before_it_sleeps()
    {
        AdaptiveSpin spin = new(s_long);

        Assert.True(Looks(ref spin));
    }

    [Fact]
    public void After_some_waits_in_vain_only_one_in_a_while_looks_again()
    {
        AdaptiveSpin spin = new(s_long);
        LookInVain(ref spin, AdaptiveSpin.Patience);

        int looked = Enumerable.Range(0, 10 * AdaptiveSpin.Trial).Count(_ => Looks(ref spin));

        Assert.Equal(10, looked);
    }

    [Fact]
    public void What_was_found_lets_the_next_waits_look_again()
    {
        AdaptiveSpin spin = new(s_long);
        LookInVain(ref spin, 3 * AdaptiveSpin.Trial);

        spin.Found();

        Assert.All(Enumerable.Range(0, AdaptiveSpin.Patience), _ => Assert.True(Looks(ref spin)));
        Assert.False(Looks(ref spin));
    }

    [Fact]
    public void What_was_found_only_after_others_had_the_processor_for_long_lets_the_next_wait_sleep()
    {
        AdaptiveSpin spin = new(TimeSpan.FromMilliseconds(20));
        spin.Begin();
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromMilliseconds(25))
        {
        }

        spin.Found();

        spin.Begin();
        Assert.False(spin.GoesOn());
    }

    [Fact]
    public void Without_time_no_wait_looks_again()
    {
        AdaptiveSpin spin = new(TimeSpan.Zero);

        Assert.All(Enumerable.Range(0, 2 * AdaptiveSpin.Trial), _ => Assert.False(Looks(ref spin)));
    }

    [Fact]
    public void The_time_ends()
    {
        AdaptiveSpin spin = new(TimeSpan.FromMicroseconds(50));

        spin.Begin();
        while (spin.GoesOn())
        {
        }

        Assert.False(spin.GoesOn());
    }

    [Fact]
    public void A_negative_time_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => NetMQConfig.SpinTime = TimeSpan.FromMicroseconds(-1));

    private static void LookInVain(ref AdaptiveSpin spin, int waits)
    {
        for (int i = 0; i < waits; i++)
        {
            spin.Begin();
        }
    }

    private static bool Looks(ref AdaptiveSpin spin)
    {
        spin.Begin();
        return spin.GoesOn();
    }
}
