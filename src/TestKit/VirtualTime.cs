using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Configs;

namespace Actors.TestKit;

/// <summary>The time of an actor system whose scheduler is Akka's <see cref="TestScheduler"/>: it passes when the test says so.</summary>
/// <remarks>
/// An Akka extension: call <c>VirtualTime.Of(Sys)</c> before the test starts its roles, which then read this clock for their
/// deadlines and ages. Their timers are those of the scheduler in any case. Two waits stay on the machine's clock: that of a
/// reply role for its handler, and those of the test kit.
/// </remarks>
public sealed class VirtualTime : IExtension
{
    private readonly TestScheduler _scheduler;

    private VirtualTime(ActorSystem system)
    {
        _scheduler = system.Scheduler as TestScheduler
            ?? throw new InvalidOperationException($"the actor system has the scheduler {system.Scheduler.GetType().Name}: expected {nameof(TestScheduler)}, as {nameof(VirtualTime)}.{nameof(Config)} sets it");
        RoleClock.Of(system).Time = new SchedulerClock(_scheduler);
    }

    /// <summary>The configuration of an actor system with virtual time, on the thread of the test as with <see cref="SimulatedNetwork.Config"/>.</summary>
    public static Config Config { get; } = TestConfigs.TestSchedulerConfig.WithFallback(SimulatedNetwork.Config);

    /// <summary>The time now.</summary>
    public DateTimeOffset Now => _scheduler.Now;

    /// <summary>
    /// The steps in which time passes. Default 10 ms. A timer that falls due within a step fires at the step's end, so take a
    /// step that divides the times of the test.
    /// </summary>
    public TimeSpan Step { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The virtual time of <paramref name="system"/>; the first call has roles that start later follow it.</summary>
    /// <exception cref="InvalidOperationException">The system's scheduler is not a <see cref="TestScheduler"/>.</exception>
    public static VirtualTime Of(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.WithExtension<VirtualTime, Provider>();
    }

    /// <summary>Lets time pass, one <see cref="Step"/> after the other, so that what one timer starts can set the next.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is negative.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        var step = Step;
        for (var left = time; left > TimeSpan.Zero; left -= step) _scheduler.Advance(left < step ? left : step);
    }

    private sealed class SchedulerClock(TestScheduler scheduler) : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => scheduler.Now;

        public override long GetTimestamp() => scheduler.Now.Ticks;
    }

    private sealed class Provider : ExtensionIdProvider<VirtualTime>
    {
        public override VirtualTime CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
