using System.Diagnostics;
using NetMQ.Io;

namespace NetMQ.Tests.Polling;

public class AdaptiveSpinTests
{
    // Longer than any test, so that a wait ends only by what it finds.
    private static readonly TimeSpan s_long = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_short = TimeSpan.FromMicroseconds(20);

    [Fact]
    public void A_wait_looks_again_before_it_sleeps()
    {
        AdaptiveSpin spin = new(s_long);

        Assert.True(Looks(ref spin));
    }

    [Fact]
    public void After_some_waits_in_vain_a_thread_rests_and_then_looks_again()
    {
        AdaptiveSpin spin = new(s_short);
        LookInVain(ref spin, AdaptiveSpin.Patience);

        int rested = WaitsUntilItLooks(ref spin);

        // More where the processor was lost in the middle of it.
        Assert.InRange(rested, AdaptiveSpin.Rest, int.MaxValue);
    }

    [Fact]
    public void What_is_found_keeps_it_from_resting()
    {
        AdaptiveSpin spin = new(s_long);
        for (int i = 0; i < 10 * AdaptiveSpin.Patience; i++)
        {
            Assert.True(Looks(ref spin));
            spin.Found();
        }
    }

    [Fact]
    public void A_thread_that_loses_the_processor_for_long_rests_each_time_twice_as_long()
    {
        AdaptiveSpin spin = new(s_short);
        List<int> rests = [];
        for (int i = 0; i < 3; i++)
        {
            spin.Begin();
            Pass(TimeSpan.FromMilliseconds(5));
            spin.Found();
            rests.Add(WaitsUntilItLooks(ref spin));
        }

        Assert.Equal([AdaptiveSpin.Rest, 2 * AdaptiveSpin.Rest, 4 * AdaptiveSpin.Rest], rests);
    }

    [Fact]
    public void Without_time_no_wait_looks_again()
    {
        AdaptiveSpin spin = new(TimeSpan.Zero);

        Assert.All(Enumerable.Range(0, 3 * AdaptiveSpin.Rest), _ => Assert.False(Looks(ref spin)));
    }

    [Fact]
    public void A_negative_time_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => NetMQConfig.SpinTime = TimeSpan.FromMicroseconds(-1));

    private static void LookInVain(ref AdaptiveSpin spin, int waits)
    {
        for (int i = 0; i < waits; i++)
        {
            spin.Begin();
            while (spin.GoesOn())
            {
            }
        }
    }

    private static int WaitsUntilItLooks(ref AdaptiveSpin spin)
    {
        int rested = 0;
        spin.Begin();
        while (spin.IsResting)
        {
            rested++;
            spin.Begin();
        }

        return rested;
    }

    private static void Pass(TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
        {
        }
    }

    private static bool Looks(ref AdaptiveSpin spin)
    {
        spin.Begin();
        return spin.GoesOn();
    }
}
