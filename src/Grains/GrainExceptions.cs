namespace Actors.Grains;

/// <summary>The store of grains cannot be opened, read or written.</summary>
public sealed class GrainStoreException : Exception
{
    /// <summary>Says what could not be done, where, and what was expected.</summary>
    public GrainStoreException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>
    /// True for a write that may have happened: its connection or its disk failed while it was committed. Who goes on has to read the row
    /// again. False for a write that has not happened, and will not.
    /// </summary>
    public bool IsOutcomeUnknown { get; private init; }

    internal GrainStoreException WithUnknownOutcome() =>
        new($"{Message}; whether the write has happened is unknown: expected its writer to read the row again", InnerException) { IsOutcomeUnknown = true };
}
