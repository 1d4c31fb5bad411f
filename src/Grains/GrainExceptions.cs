namespace Actors.Grains;

/// <summary>Why a call of a grain has failed; the words are those of the wire (docs/protocols/grains.md).</summary>
public enum GrainError
{
    /// <summary><c>failed</c>: the grain's method, or its activation, threw.</summary>
    Failed,

    /// <summary><c>timeout</c>: no result within the call's time. The grain may have done its work.</summary>
    Timeout,

    /// <summary><c>unknown-kind</c>: no node of the cluster has grains of this kind.</summary>
    UnknownKind,

    /// <summary><c>unknown-method</c>: the kind has no method of this name.</summary>
    UnknownMethod,

    /// <summary><c>bad-arguments</c>: the arguments are not those of the method, or the key is empty.</summary>
    BadArguments,

    /// <summary><c>overloaded</c>: <see cref="GrainKindOptions.MaxWaiting"/> calls wait for the grain already. Nothing was done.</summary>
    Overloaded,

    /// <summary><c>fenced</c>: another activation has written the grain's state. What this call wanted to write was not written.</summary>
    Fenced,

    /// <summary><c>cycle</c>: the grain waits for this very call, through others. Nothing was done.</summary>
    Cycle,

    /// <summary><c>no-node</c>: the cluster is not formed, or stops. Nothing was done.</summary>
    NoNode,
}

/// <summary>The words of errors on the wire.</summary>
internal static class GrainErrorWords
{
    private static readonly string[] s_words = ["failed", "timeout", "unknown-kind", "unknown-method", "bad-arguments", "overloaded", "fenced", "cycle", "no-node"];

    public static string Word(this GrainError error) => s_words[(int)error];
}

/// <summary>A call of a grain has failed.</summary>
/// <remarks>It is the same for a grain of this process and for one on another node, except that only the former has the grain's own exception inside.</remarks>
public sealed class GrainException : Exception
{
    /// <summary>Says which call failed and why.</summary>
    public GrainException(GrainError error, string message, Exception? inner = null)
        : base(message, inner) => Error = error;

    /// <summary>Why.</summary>
    public GrainError Error { get; }
}

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
