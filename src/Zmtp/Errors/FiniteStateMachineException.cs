using System.Runtime.Serialization;

namespace Actors.Zmtp;

/// <summary>The operation does not fit the state of the socket, such as a second send of a REQ without a receive.</summary>
[Serializable]
public class FiniteStateMachineException : ZmqException
{
    /// <summary>An exception with the text of <see cref="ErrorCode.FiniteStateMachine"/>.</summary>
    public FiniteStateMachineException()
        : base(null, null, ErrorCode.FiniteStateMachine)
    {
    }

    /// <summary>An exception with a text of its own.</summary>
    internal FiniteStateMachineException(string? message)
        : base(null, message, ErrorCode.FiniteStateMachine)
    {
    }

    /// <summary>An exception with a text and the exception that caused it.</summary>
    internal FiniteStateMachineException(Exception? innerException, string? message)
        : base(innerException, message, ErrorCode.FiniteStateMachine)
    {
    }

    /// <summary>Restores a serialized exception.</summary>
    protected FiniteStateMachineException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }
}
