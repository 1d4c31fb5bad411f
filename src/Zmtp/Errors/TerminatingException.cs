using System.Runtime.Serialization;

namespace Actors.Zmtp;

/// <summary>The context of the socket has been terminated.</summary>
[Serializable]
public class TerminatingException : ZmqException
{
    /// <summary>An exception with a text of its own.</summary>
    public TerminatingException(string? message)
        : base(null, message, ErrorCode.ContextTerminated)
    {
    }

    /// <summary>An exception with a text and the exception that caused it.</summary>
    internal TerminatingException(Exception? innerException, string? message)
        : base(innerException, message, ErrorCode.ContextTerminated)
    {
    }

    /// <summary>Restores a serialized exception.</summary>
    protected TerminatingException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }
}
