using System.Runtime.Serialization;

namespace Actors.Zmtp;

/// <summary>The socket has no such endpoint.</summary>
[Serializable]
public class EndpointNotFoundException : ZmqException
{
    /// <summary>An exception with the text of <see cref="ErrorCode.EndpointNotFound"/>.</summary>
    public EndpointNotFoundException()
        : base(null, null, ErrorCode.EndpointNotFound)
    {
    }

    /// <summary>An exception with a text of its own.</summary>
    public EndpointNotFoundException(string? message)
        : base(null, message, ErrorCode.EndpointNotFound)
    {
    }

    /// <summary>An exception with a text and the exception that caused it.</summary>
    public EndpointNotFoundException(Exception? innerException, string? message)
        : base(innerException, message, ErrorCode.EndpointNotFound)
    {
    }

    /// <summary>Restores a serialized exception.</summary>
    protected EndpointNotFoundException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }
}
