using Akka.Actor;

namespace Akka.Routing;

/// <summary>How much a routee has to do, as far as its mailbox can be seen from here.</summary>
internal static class RouteeLoad
{
    public const long Idle = 0;

    private const long OutOfSight = long.MaxValue - 2;
    private const long Suspended = long.MaxValue - 1;
    private const long Terminated = long.MaxValue;

    /// <summary>Twice the waiting messages, and one for a message that is being processed.</summary>
    public static long Of(Routee routee) => Cell(routee) switch
    {
        null => OutOfSight,
        { IsTerminated: true } => Terminated,
        ActorCell { Mailbox.SuspendCount: > 0 } => Suspended,
        { } cell => (2L * cell.NumberOfMessages) + (IsProcessing(cell) ? 1 : 0),
    };

    public static bool IsProcessing(Routee routee) => Cell(routee) is { } cell && IsProcessing(cell);

    public static int NumberOfMessages(Routee routee) => Cell(routee)?.NumberOfMessages ?? 0;

    // The mailbox of an actor whose asynchronous handler awaits is suspended as well, but not counted so.
    private static bool IsProcessing(ICell cell) =>
        cell is ActorCell { CurrentMessage: not null } or ActorCell { Mailbox: { IsSuspended: true, SuspendCount: 0 } };

    private static ICell? Cell(Routee routee) =>
        routee is ActorRefRoutee { Actor: ActorRefWithCell reference } ? reference.Underlying : null;
}
