using System.Globalization;

namespace Chaos.Faults;

/// <summary>What is done to a part or to a link.</summary>
internal enum FaultKind
{
    /// <summary>kill -9, and a new process after the time.</summary>
    Kill,

    /// <summary>SIGSTOP, and SIGCONT after the time.</summary>
    Freeze,

    /// <summary>SIGTERM, and a new process after the end of the old one and the time.</summary>
    Terminate,

    /// <summary>The same with SIGHUP.</summary>
    HangUp,

    /// <summary>SIGTERM, and again after the time; a new process as soon as the old one has ended.</summary>
    TerminateTwice,

    /// <summary>Every connection of the link ends with FIN.</summary>
    Cut,

    /// <summary>Every connection of the link ends with RST.</summary>
    Reset,

    /// <summary>The link's connections end, and new ones are refused for the time.</summary>
    Refuse,

    /// <summary>The link's connections stay, and nothing passes for the time.</summary>
    Stall,

    /// <summary>Every piece passes 2 ms late for the time.</summary>
    Delay,

    /// <summary>The link passes 200 kB a second for the time.</summary>
    Throttle,

    /// <summary>The link passes random pieces of at most 7 octets for the time.</summary>
    Split,

    /// <summary>Nothing passes between the part and the others of its kind for the time; connections stay.</summary>
    Partition,
}

/// <summary>One fault of a schedule.</summary>
/// <param name="After">It comes when so many messages have been delivered.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Target">The part or the link to which it is done. For a stop in order it may be several parts with '+' between them,
/// each of which is stopped when the one before has ended.</param>
/// <param name="For">How long it lasts.</param>
internal sealed record Fault(int After, FaultKind Kind, string Target, TimeSpan For)
{
    /// <summary>Whether it is done to a part; otherwise it is done to a link.</summary>
    public static bool IsOfPart(FaultKind kind) => kind is FaultKind.Kill or FaultKind.Freeze || IsOrderlyStop(kind);

    /// <summary>Whether the part is asked to stop, and may finish its work.</summary>
    public static bool IsOrderlyStop(FaultKind kind) => kind is FaultKind.Terminate or FaultKind.HangUp or FaultKind.TerminateTwice;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Kind.ToString().ToLowerInvariant()} {Target}@{After}+{For.TotalMilliseconds:0}ms");
}
