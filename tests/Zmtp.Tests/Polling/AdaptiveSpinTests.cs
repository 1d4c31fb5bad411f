using Microsoft.Extensions.Time.Testing;
using Actors.Zmtp.Io;

namespace Actors.Zmtp.Tests.Polling;

public class AdaptiveSpinTests
{
    private static readonly TimeSpan s_time = TimeSpan.FromMicroseconds(50);
    private static readonly TimeSpan s_processorLost = TimeSpan.FromMilliseconds(5);

    private readonly FakeTimeProvider _clock = new();
    private AdaptiveSpin _spin;

    public AdaptiveSpinTests() => _spin = new(s_time, _clock);

    [Fact]
    public void A_wait_looks_again_before_it_sleeps()
    {
        Assert.True(Looks());
    }

    [Fact]
    public void A_wait_sleeps_when_its_time_is_over()
    {
        _spin.Begin();
        _clock.Advance(s_time - TimeSpan.FromMicroseconds(1));
        Assert.True(_spin.GoesOn());

        _clock.Advance(TimeSpan.FromMicroseconds(1));
        Assert.False(_spin.GoesOn());
    }

    [Fact]
    public void After_some_waits_in_vain_a_thread_rests_and_then_looks_again()
    {
        for (int i = 0; i < AdaptiveSpin.Patience; i++)
        {
            Assert.True(Looks());
            _clock.Advance(s_time);
            Assert.False(_spin.GoesOn());
        }

        Assert.Equal(AdaptiveSpin.Rest, WaitsUntilItLooks());
    }

    [Fact]
    public void What_is_found_keeps_it_from_resting()
    {
        for (int i = 0; i < 10 * AdaptiveSpin.Patience; i++)
        {
            Assert.True(Looks());
            _spin.Found();
        }
    }

    [Fact]
    public void A_thread_that_loses_the_processor_for_long_rests_each_time_twice_as_long()
    {
        Assert.Equal([AdaptiveSpin.Rest, 2 * AdaptiveSpin.Rest, 4 * AdaptiveSpin.Rest], Enumerable.Range(0, 3).Select(_ => RestAfterALoss()));
    }

    [Fact]
    public void A_thread_that_finds_something_in_time_rests_no_longer_than_at_first()
    {
        RestAfterALoss();
        RestAfterALoss();
        _spin.Begin();
        _spin.Found();

        Assert.Equal(AdaptiveSpin.Rest, RestAfterALoss());
    }

    [Fact]
    public void Without_time_no_wait_looks_again()
    {
        _spin = new(TimeSpan.Zero, _clock);

        Assert.All(Enumerable.Range(0, 3 * AdaptiveSpin.Rest), _ => Assert.False(Looks()));
    }

    [Fact]
    public void A_negative_time_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => ZmqContext.SpinTime = TimeSpan.FromMicroseconds(-1));

    /// <summary>Begins a wait; false when it sleeps at once.</summary>
    private bool Looks()
    {
        _spin.Begin();
        return _spin.GoesOn();
    }

    private int RestAfterALoss()
    {
        _spin.Begin();
        _clock.Advance(s_processorLost);
        _spin.Found();
        return WaitsUntilItLooks();
    }

    private int WaitsUntilItLooks()
    {
        int rested = 0;
        for (_spin.Begin(); _spin.IsResting; _spin.Begin())
        {
            rested++;
        }

        return rested;
    }
}
