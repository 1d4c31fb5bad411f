using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Actors.Tests;

/// <summary>The scheduler that sleeps until something is due, on the machine's clock.</summary>
public sealed class TimerSchedulerTests() : Akka.TestKit.Xunit2.TestKit("akka.scheduler.implementation = \"Actors.TimerScheduler, Actors\"")
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    [Fact]
    public void A_system_has_it_by_its_configuration() => Assert.IsType<TimerScheduler>(Sys.Scheduler);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    public void A_message_is_told_once_and_not_before_its_time(int milliseconds)
    {
        var clock = Stopwatch.StartNew();
        Sys.Scheduler.ScheduleTellOnce(Ms(milliseconds), TestActor, "due", TestActor);
        ExpectMsg("due", Patience);
        Assert.True(clock.Elapsed >= Ms(milliseconds), $"after {clock.Elapsed.TotalMilliseconds} ms");
        ExpectNoMsg(Ms(20));
    }

    [Fact]
    public void What_falls_due_is_told_in_the_order_of_its_time()
    {
        foreach (var milliseconds in (int[])[60, 20, 40]) Sys.Scheduler.ScheduleTellOnce(Ms(milliseconds), TestActor, milliseconds, TestActor);
        Assert.Equal([20, 40, 60], ReceiveN(3, Patience).Cast<int>());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    public void The_mean_gap_of_a_repeated_message_is_its_interval(int milliseconds)
    {
        const int count = 300;
        using var cancelable = new Cancelable(Sys.Scheduler);
        var clock = Stopwatch.StartNew();
        Sys.Scheduler.ScheduleTellRepeatedly(Ms(milliseconds), Ms(milliseconds), TestActor, "tick", TestActor, cancelable);
        ReceiveN(count, Patience);
        Assert.True(clock.Elapsed >= count * Ms(milliseconds), $"{count} ticks within {clock.Elapsed.TotalMilliseconds} ms");
        // A busy machine may hold some of them up, and none of them adds to the others.
        Assert.True(clock.Elapsed < count * Ms(milliseconds) * 1.5, $"{count} ticks took {clock.Elapsed.TotalMilliseconds} ms");
    }

    [Fact]
    public void What_is_cancelled_is_not_told()
    {
        using var cancelable = new Cancelable(Sys.Scheduler);
        Sys.Scheduler.ScheduleTellOnce(Ms(20), TestActor, "cancelled", TestActor, cancelable);
        Sys.Scheduler.ScheduleTellRepeatedly(Ms(20), Ms(5), TestActor, "cancelled", TestActor, cancelable);
        cancelable.Cancel();
        Sys.Scheduler.ScheduleTellOnce(Ms(20), TestActor, "cancelled before", TestActor, cancelable);
        Sys.Scheduler.ScheduleTellOnce(Ms(60), TestActor, "due", TestActor);
        ExpectMsg("due", Patience);
    }

    [Fact]
    public void An_action_that_fails_is_logged_and_holds_up_nobody()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Error));
        Sys.Scheduler.Advanced.ScheduleRepeatedly(Ms(1), Ms(1), () => throw new InvalidOperationException("no"));
        Assert.Equal("no", ExpectMsg<Error>(Patience).Cause.Message);
        Sys.Scheduler.ScheduleTellOnce(Ms(20), TestActor, "due", TestActor);
        ExpectMsg("due", Patience);
    }

    [Fact]
    public void A_delay_that_a_timer_of_NET_does_not_take_is_taken()
    {
        using var cancelable = new Cancelable(Sys.Scheduler);
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromDays(100), TestActor, "much later", TestActor, cancelable);
        ExpectNoMsg(Ms(20));
    }

    [Fact]
    public async Task Nothing_runs_after_its_system_has_ended()
    {
        var runs = 0;
        var system = ActorSystem.Create("ends", Sys.Settings.Config);
        var scheduler = system.Scheduler;
        scheduler.Advanced.ScheduleRepeatedly(Ms(1), Ms(1), () => Interlocked.Increment(ref runs));
        await system.Terminate();
        // One that ran at that moment has ended when a later one of the same clock is told.
        Sys.Scheduler.ScheduleTellOnce(Ms(20), TestActor, "later", TestActor);
        ExpectMsg("later", Patience);
        var before = Volatile.Read(ref runs);
        Sys.Scheduler.ScheduleTellOnce(Ms(50), TestActor, "later", TestActor);
        ExpectMsg("later", Patience);
        Assert.Equal(before, Volatile.Read(ref runs));
        Assert.Throws<SchedulerException>(() => scheduler.ScheduleTellOnce(Ms(1), TestActor, "never", TestActor));
    }
}
