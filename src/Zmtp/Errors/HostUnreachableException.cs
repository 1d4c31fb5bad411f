using System.Runtime.Serialization;

namespace Actors.Zmtp;

/// <summary>No route leads to the host, or to the peer that a routing id names.</summary>
[Serializable]
public class HostUnreachableException : ZmqException
{
    /// <summary>An exception with the text of <see cref="ErrorCode.HostUnreachable"/>.</summary>
    public HostUnreachableException()
        : base(null, null, ErrorCode.HostUnreachable)
    {
    }

    /// <summary>An exception with a text of its own.</summary>
    internal HostUnreachableException(string? message)
        : base(null, message, ErrorCode.HostUnreachable)
    {
    }

    /// <summary>An exception with a text and the exception that caused it.</summary>
    internal HostUnreachableException(Exception? innerException, string? message)
        : base(innerException, message, ErrorCode.HostUnreachable)
    {
    }

    /// <summary>Restores a serialized exception.</summary>
    protected HostUnreachableException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }
}
