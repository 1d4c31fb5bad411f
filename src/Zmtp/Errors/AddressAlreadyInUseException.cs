using System.Runtime.Serialization;

namespace Actors.Zmtp;

/// <summary>Another socket is bound to the address.</summary>
[Serializable]
public class AddressAlreadyInUseException : ZmqException
{
    /// <summary>An exception with a text of its own.</summary>
    public AddressAlreadyInUseException(string? message)
        : base(null, message, ErrorCode.AddressAlreadyInUse)
    {
    }

    /// <summary>An exception with a text and the exception that caused it.</summary>
    public AddressAlreadyInUseException(Exception? innerException, string? message)
        : base(innerException, message, ErrorCode.AddressAlreadyInUse)
    {
    }

    /// <summary>Restores a serialized exception.</summary>
    protected AddressAlreadyInUseException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }
}
