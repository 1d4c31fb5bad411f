using System.Runtime.Serialization;

namespace Actors.Zmtp;

/// <summary>The transport or the combination of protocols is not supported.</summary>
[Serializable]
public class ProtocolNotSupportedException : ZmqException
{
    /// <summary>An exception with the text of <see cref="ErrorCode.ProtocolNotSupported"/>.</summary>
    public ProtocolNotSupportedException()
        : base(null, null, ErrorCode.ProtocolNotSupported)
    {
    }

    /// <summary>An exception with a text of its own.</summary>
    internal ProtocolNotSupportedException(string? message)
        : base(null, message, ErrorCode.ProtocolNotSupported)
    {
    }

    /// <summary>An exception with a text and the exception that caused it.</summary>
    internal ProtocolNotSupportedException(Exception? innerException, string? message)
        : base(innerException, message, ErrorCode.ProtocolNotSupported)
    {
    }

    /// <summary>Restores a serialized exception.</summary>
    protected ProtocolNotSupportedException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }
}
