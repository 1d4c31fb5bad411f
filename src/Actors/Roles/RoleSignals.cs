namespace Actors;

// What a role tells itself.

/// <summary>A role to itself, once in each heartbeat interval.</summary>
internal sealed record Beat
{
    public static Beat Instance { get; } = new();
}

/// <summary>A role that drains to itself: look at the sockets.</summary>
internal sealed record LookAgain
{
    public static LookAgain Instance { get; } = new();
}

/// <summary>A role to itself, when it has failed and nobody has asked for it in time.</summary>
internal sealed record FailureForgotten
{
    public static FailureForgotten Instance { get; } = new();
}

/// <summary>A role to itself, when something falls due.</summary>
internal sealed record Due
{
    public static Due Instance { get; } = new();
}
