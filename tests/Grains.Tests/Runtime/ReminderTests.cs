using Actors.Grains.Reminders;
using Actors.Grains.Storage;

namespace Grains.Tests.Runtime;

public sealed class ReminderTests : GrainTests
{
    protected override bool TimePasses => false;

    [Fact]
    public async Task A_reminder_wakes_its_grain_again_and_again()
    {
        await Grains.Get<ISleeper>("a").Remind("tea", TimeSpan.FromHours(1), TimeSpan.FromHours(2));
        await Advance(TimeSpan.FromMinutes(10), until: "a tea at 01:00:00");
        await Advance(TimeSpan.FromMinutes(10), until: "a tea at 03:00:00");
        Assert.True(await Grains.Get<ISleeper>("a").Forget("tea"));
        Assert.False(await Grains.Get<ISleeper>("a").Forget("tea"));
    }

    [Fact]
    public async Task A_reminder_that_fails_fires_again_until_it_succeeds()
    {
        await Grains.Get<ISleeper>("a").Remind("failing", TimeSpan.FromMinutes(1), TimeSpan.Zero);
        await Advance(TimeSpan.FromSeconds(10), until: "a try 3");
        Assert.Equal(3, Stage.Told.Count(told => told == "a failing at 00:01:00"));
    }

    [Fact]
    public async Task Reminders_that_fail_do_not_hide_the_others()
    {
        // More of one grain, and so of one slice, than one look takes.
        for (var n = 0; n < 300; n++) await Grains.Get<ISleeper>("a").Remind($"broken {n}", TimeSpan.FromMinutes(1), TimeSpan.Zero);
        await Grains.Get<ISleeper>("a").Remind("tea", TimeSpan.FromMinutes(2), TimeSpan.Zero);
        await Advance(TimeSpan.FromSeconds(10), until: "a tea at 00:02:00");
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(59, 60)]
    [InlineData(60, 120)]
    [InlineData(601, 660)]
    public void What_was_due_while_nothing_ran_is_left_out(int secondsLate, int nextAfter)
    {
        var due = DateTimeOffset.UnixEpoch;
        var next = ReminderDaemon.Next(new ReminderRow("k", "a", "n", due, TimeSpan.FromMinutes(1)), due + TimeSpan.FromSeconds(secondsLate));
        Assert.Equal(due + TimeSpan.FromSeconds(nextAfter), next);
    }
}
