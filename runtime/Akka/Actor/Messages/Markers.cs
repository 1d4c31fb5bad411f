namespace Akka.Actor;

/// <summary>A message that the kernel itself answers, before the actor sees it.</summary>
public interface IAutoReceivedMessage;

/// <summary>A message that does not count as activity against the receive timeout.</summary>
public interface INotInfluenceReceiveTimeout;

/// <summary>A message that a remote peer must not be allowed to send unasked.</summary>
public interface IPossiblyHarmful;

/// <summary>A message that is never checked for being serializable.</summary>
public interface INoSerializationVerificationNeeded;

/// <summary>A message around another one.</summary>
public interface IWrappedMessage
{
    object Message { get; }
}

public static class WrappedMessage
{
    /// <summary>The innermost message.</summary>
    public static object Unwrap(object message)
    {
        while (message is IWrappedMessage wrapped)
            message = wrapped.Message;
        return message;
    }
}

/// <summary>An actor whose received messages are logged when <c>akka.actor.debug.receive</c> is on.</summary>
public interface ILogReceive;
