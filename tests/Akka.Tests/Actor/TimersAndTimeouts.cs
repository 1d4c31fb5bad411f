using System.Diagnostics;
using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class TimersAndTimeouts : SystemTest
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task A_single_timer_tells_once()
    {
        var probe = new Probe(Sys);
        var actor = Timed(probe);
        Run(actor, timers => timers.StartSingleTimer("key", "tick", Soon));
        await probe.Expect("tick", "active: ");
    }

    [Fact]
    public async Task A_periodic_timer_tells_until_it_is_cancelled()
    {
        var probe = new Probe(Sys);
        var actor = Timed(probe);
        Run(actor, timers => timers.StartPeriodicTimer("key", "tick", Soon));
        await probe.Expect("tick", "active: key", "tick", "active: key");
        Run(actor, timers => timers.Cancel("key"));
        Run(actor, _ => probe.Ref.Tell("cancelled"));
        await probe.FishFor<string>(text => text == "cancelled", "the cancellation");
        Run(actor, timers => timers.StartSingleTimer("later", "later", Soon));
        await probe.Expect("later");
    }

    [Fact]
    public async Task Starting_a_key_again_replaces_its_timer_and_what_it_told()
    {
        var probe = new Probe(Sys);
        var actor = Timed(probe);
        using var told = new ManualResetEventSlim();
        Run(actor, timers =>
        {
            timers.StartSingleTimer("key", "old", TimeSpan.Zero);
            // The old one's message is in the mailbox by now; it must not come.
            Sys.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromMilliseconds(60), told.Set);
            Assert.True(told.Wait(Probe.Patience));
            timers.StartSingleTimer("key", "new", TimeSpan.FromMilliseconds(1));
        });
        await probe.Expect("new");
    }

    [Fact]
    public async Task Timers_end_with_the_instance()
    {
        var probe = new Probe(Sys);
        var actor = Timed(probe);
        Run(actor, timers => timers.StartPeriodicTimer("key", "tick", Soon));
        await probe.Expect("tick");
        actor.Tell(new ApplicationException("restart"));
        Run(actor, timers => probe.Ref.Tell($"after: {timers.ActiveTimers.Count}"));
        Assert.Equal("after: 0", await probe.FishFor<string>(text => text.StartsWith("after", StringComparison.Ordinal), "the restart"));
    }

    [Fact]
    public async Task A_receive_timeout_comes_when_nothing_else_does_and_comes_again()
    {
        var probe = new Probe(Sys);
        Sys.ActorOf(Props.Create(() => new Impatient(probe.Ref, Soon)));
        await probe.Expect("timeout", "timeout");
    }

    [Fact]
    public async Task A_receive_timeout_can_be_ended()
    {
        var probe = new Probe(Sys);
        var actor = Sys.ActorOf(Props.Create(() => new Impatient(probe.Ref, Soon)));
        await probe.Expect("timeout");
        actor.Tell("stop");
        await probe.FishFor<string>(text => text == "stopped", "the end of the timeout");
        var waited = new Probe(Sys);
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(100), waited.Ref, "waited", ActorRefs.NoSender);
        await waited.Expect("waited");
        await probe.ExpectNothingBefore("marker");
    }

    [Fact]
    public async Task The_scheduler_is_never_early()
    {
        var probe = new Probe(Sys);
        foreach (var milliseconds in new[] { 0, 1, 15, 33, 120 })
        {
            var started = Stopwatch.GetTimestamp();
            Sys.Scheduler.ScheduleTellOnce(milliseconds, probe.Ref, milliseconds, ActorRefs.NoSender);
            await probe.Expect(milliseconds);
            Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(milliseconds), $"{milliseconds} ms came early");
        }
    }

    [Fact]
    public async Task Delays_longer_than_the_wheel_come_in_order()
    {
        using var scheduler = new HashedWheelTimerScheduler(
            Akka.Configuration.ConfigurationFactory.ParseString("akka.scheduler { tick-duration = 2ms, ticks-per-wheel = 4 }"), Akka.Event.NoLogger.Instance);
        var probe = new Probe(Sys);
        foreach (var milliseconds in new[] { 600, 200, 400, 15 })
            scheduler.ScheduleTellOnce(milliseconds, probe.Ref, milliseconds, ActorRefs.NoSender);
        await probe.Expect(15, 200, 400, 600);
    }

    [Fact]
    public async Task Cancelled_work_does_not_run()
    {
        var probe = new Probe(Sys);
        var cancelled = Sys.Scheduler.ScheduleTellRepeatedlyCancelable(TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(30), probe.Ref, "never", ActorRefs.NoSender);
        cancelled.Cancel();
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(120), probe.Ref, "later", ActorRefs.NoSender);
        await probe.Expect("later");
    }

    [Fact]
    public async Task Work_that_fails_does_not_stop_the_scheduler()
    {
        var probe = new Probe(Sys);
        Sys.Scheduler.Advanced.ScheduleOnce(TimeSpan.Zero, () => throw new ApplicationException("work"));
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(30), probe.Ref, "later", ActorRefs.NoSender);
        await probe.Expect("later");
    }

    [Fact]
    public void Delays_and_intervals_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromTicks(-1), ActorRefs.Nobody, "x", ActorRefs.NoSender));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sys.Scheduler.ScheduleTellRepeatedly(TimeSpan.Zero, TimeSpan.Zero, ActorRefs.Nobody, "x", ActorRefs.NoSender));
    }

    [Fact]
    public async Task A_cancelable_cancels_after_a_delay()
    {
        using var cancelable = new Cancelable(Sys.Scheduler, TimeSpan.FromMilliseconds(20));
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cancelable.Token.Register(cancelled.SetResult);
        await cancelled.Task.Within("the cancellation");
        Assert.True(cancelable.IsCancellationRequested);
    }

    private static void Run(IActorRef actor, Action<ITimerScheduler> work) => actor.Tell(work);

    private IActorRef Timed(Probe probe) => Sys.ActorOf(Props.Create(() => new TimedActor(probe.Ref)));

    private sealed class TimedActor : ReceiveActor, IWithTimers
    {
        public TimedActor(IActorRef probe)
        {
            Receive<Action<ITimerScheduler>>(work => work(Timers));
            Receive<Exception>(failure => throw failure);
            Receive<string>(text =>
            {
                probe.Tell(text);
                if (text == "tick")
                    probe.Tell("active: " + string.Join(',', Timers.ActiveTimers));
            });
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }

    private sealed class Impatient : ReceiveActor
    {
        public Impatient(IActorRef probe, TimeSpan timeout)
        {
            SetReceiveTimeout(timeout);
            Receive<ReceiveTimeout>(_ => probe.Tell("timeout"));
            Receive<string>(_ =>
            {
                SetReceiveTimeout(null);
                probe.Tell("stopped");
            });
        }
    }
}
