using System.Diagnostics;

namespace Akka.Actor.Internal;

/// <summary>What a parent knows of a name among its children.</summary>
public interface IChildStats;

/// <summary>The name is taken by a child that is being made.</summary>
public class ChildNameReserved : IChildStats
{
    private ChildNameReserved()
    {
    }

    public static ChildNameReserved Instance { get; } = new();

    public override string ToString() => "Name";
}

/// <summary>A child and its record of restarts.</summary>
public class ChildRestartStats : IChildStats
{
    public ChildRestartStats(IInternalActorRef child, uint maxNrOfRetriesCount = 0, long restartTimeWindowStartTicks = 0)
    {
        Child = child;
        MaxNrOfRetriesCount = maxNrOfRetriesCount;
        RestartTimeWindowStartTicks = restartTimeWindowStartTicks;
    }

    public long Uid => Child.Path.Uid;

    public IInternalActorRef Child { get; }

    /// <summary>The restarts within the present window.</summary>
    public uint MaxNrOfRetriesCount { get; private set; }

    /// <summary>When the window began, in ticks of 100 ns of the monotonic clock; 0 before the first restart.</summary>
    public long RestartTimeWindowStartTicks { get; private set; }

    /// <summary>Counts a restart, and says whether it is allowed.</summary>
    /// <param name="maxNrOfRetries">Restarts within the window; negative for no limit.</param>
    /// <param name="withinTimeMilliseconds">Length of the window; 0 or negative for no end.</param>
    public bool RequestRestartPermission(int maxNrOfRetries, int withinTimeMilliseconds)
    {
        if (maxNrOfRetries == 0)
            return false;
        if (maxNrOfRetries < 0 && withinTimeMilliseconds <= 0)
            return true;
        if (withinTimeMilliseconds <= 0)
            return ++MaxNrOfRetriesCount <= maxNrOfRetries;
        return RestartInWindow(maxNrOfRetries < 0 ? 1 : maxNrOfRetries, withinTimeMilliseconds);
    }

    private bool RestartInWindow(int retries, int windowMilliseconds)
    {
        var now = Stopwatch.GetElapsedTime(0).Ticks;
        if (RestartTimeWindowStartTicks == 0 || now - RestartTimeWindowStartTicks > windowMilliseconds * TimeSpan.TicksPerMillisecond)
        {
            RestartTimeWindowStartTicks = now;
            MaxNrOfRetriesCount = 1;
            return true;
        }

        return ++MaxNrOfRetriesCount <= retries;
    }
}
