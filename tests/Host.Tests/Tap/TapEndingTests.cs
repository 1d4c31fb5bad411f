using Actors.Host.Tap;
using Microsoft.Extensions.Time.Testing;

namespace Host.Tests.Tap;

public sealed class TapEndingTests
{
    private readonly FakeTimeProvider _time = new();

    private TapEnding Begun(int seconds = 5)
    {
        var ending = new TapEnding(_time, TimeSpan.FromSeconds(seconds));
        ending.Begin();
        return ending;
    }

    private bool After(int milliseconds, TapEnding ending, long passed, bool isIdle = true)
    {
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        return ending.MayEnd(passed, isIdle);
    }

    [Fact]
    public void It_ends_when_nothing_has_come_for_the_quiet_time()
    {
        var ending = Begun();

        Assert.False(After(0, ending, passed: 7));
        Assert.False(After(249, ending, passed: 7));
        Assert.True(After(1, ending, passed: 7));
    }

    [Fact]
    public void Each_message_and_each_wait_for_a_receiver_begin_the_quiet_time_again()
    {
        var ending = Begun();

        Assert.False(After(200, ending, passed: 1));
        Assert.False(After(200, ending, passed: 2));
        Assert.False(After(200, ending, passed: 2, isIdle: false));
        Assert.False(After(200, ending, passed: 2));
        Assert.True(After(50, ending, passed: 2));
    }

    [Fact]
    public void Its_time_is_bounded_while_messages_come()
    {
        var ending = Begun(seconds: 2);

        for (var passed = 1; passed < 20; passed++) Assert.False(After(100, ending, passed));
        Assert.True(After(100, ending, passed: 20));
        Assert.Equal(TimeSpan.Zero, ending.Left);
    }

    [Fact]
    public void Its_time_begins_once()
    {
        var ending = Begun(seconds: 2);
        _time.Advance(TimeSpan.FromSeconds(1));

        ending.Begin();

        Assert.Equal(TimeSpan.FromSeconds(1), ending.Left);
    }
}
