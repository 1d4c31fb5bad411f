using Akka.Actor;

namespace Actors.Tests;

/// <summary>Clocks that a test moves.</summary>
internal static class TestTime
{
    /// <summary>Has the roles of the system read the time of its scheduler, so that one clock drives their timers and ages.</summary>
    public static void FollowScheduler(ActorSystem system) => RoleClock.Of(system).Time = new Reading(() => system.Scheduler.Now.Ticks);

    /// <summary>A clock that tells what the test says.</summary>
    public static TimeProvider Telling(Func<TimeSpan> now) => new Reading(() => now().Ticks);

    private sealed class Reading(Func<long> ticks) : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks();
    }
}
