using System.Runtime.Serialization;

namespace Actors.Zmtp;

/// <summary>An argument is not valid for this operation.</summary>
[Serializable]
public class InvalidException : ZmqException
{
    /// <summary>An exception with the text of <see cref="ErrorCode.Invalid"/>.</summary>
    public InvalidException()
        : base(null, null, ErrorCode.Invalid)
    {
    }

    /// <summary>An exception with a text of its own.</summary>
    public InvalidException(string? message)
        : base(null, message, ErrorCode.Invalid)
    {
    }

    /// <summary>An exception with a text and the exception that caused it.</summary>
    public InvalidException(Exception? innerException, string? message)
        : base(innerException, message, ErrorCode.Invalid)
    {
    }

    /// <summary>Restores a serialized exception.</summary>
    protected InvalidException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }
}
