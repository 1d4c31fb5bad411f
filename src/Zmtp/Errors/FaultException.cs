using System.Runtime.Serialization;

namespace Actors.Zmtp;

/// <summary>An object given to the operation cannot be used.</summary>
[Serializable]
public class FaultException : ZmqException
{
    /// <summary>An exception with the text of <see cref="ErrorCode.Fault"/>.</summary>
    public FaultException()
        : base(null, null, ErrorCode.Fault)
    {
    }

    /// <summary>An exception with a text of its own.</summary>
    internal FaultException(string? message)
        : base(null, message, ErrorCode.Fault)
    {
    }

    /// <summary>An exception with a text and the exception that caused it.</summary>
    internal FaultException(Exception? innerException, string? message)
        : base(innerException, message, ErrorCode.Fault)
    {
    }

    /// <summary>Restores a serialized exception.</summary>
    protected FaultException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }
}
