namespace Actors.Zmtp;

/// <summary>The operations for which a socket is polled, or that it can do now.</summary>
[Flags]
public enum PollEvents
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A message can be received.</summary>
    PollIn = 1,

    /// <summary>A message can be sent.</summary>
    PollOut = 2,
}

/// <summary>Questions to <see cref="PollEvents"/>.</summary>
public static class PollEventsExtensions
{
    /// <summary>A message can be received.</summary>
    public static bool HasIn(this PollEvents pollEvents) => (pollEvents & PollEvents.PollIn) != 0;

    /// <summary>A message can be sent.</summary>
    public static bool HasOut(this PollEvents pollEvents) => (pollEvents & PollEvents.PollOut) != 0;
}
