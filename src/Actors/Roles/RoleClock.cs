using Akka.Actor;

namespace Actors;

/// <summary>
/// The clock of all roles of an actor system: the machine's, unless a test puts another in its place before it starts roles.
/// A test under virtual time sets one that follows its scheduler, so that timers and ages agree.
/// </summary>
/// <remarks>An Akka extension. Safe to use from any thread.</remarks>
internal sealed class RoleClock : IExtension
{
    /// <summary>Read once by each role, when it starts.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    public static RoleClock Of(ActorSystem system) => system.WithExtension<RoleClock, Provider>();

    private sealed class Provider : ExtensionIdProvider<RoleClock>
    {
        public override RoleClock CreateExtension(ExtendedActorSystem system) => new();
    }
}

/// <summary>Reads a clock as a span, which costs less to keep and compare than a date.</summary>
internal static class TimeProviderExtensions
{
    /// <summary>The time since some start of the clock's own. It never goes back.</summary>
    public static TimeSpan Elapsed(this TimeProvider time)
    {
        var stamp = time.GetTimestamp();
        var frequency = time.TimestampFrequency;
        // The provider's own conversion goes by a floating-point number, which is too coarse for ticks counted from year 1.
        return frequency == TimeSpan.TicksPerSecond ? new TimeSpan(stamp) : time.GetElapsedTime(0, stamp);
    }
}
