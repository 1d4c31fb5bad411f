namespace Akka.Actor;

/// <summary>The handlers of one behaviour in the order of their declaration, and which of them can take a type of message.</summary>
internal sealed class MessageHandlers
{
    private readonly List<MessageHandler> _handlers = [];
    private readonly Dictionary<Type, MessageHandler[]> _byType = [];
    private Type? _lastType;
    private MessageHandler[] _lastHandlers = [];
    private bool _catchesAll;

    public MessageHandlers() => Receive = Handle;

    public Receive Receive { get; }

    public void Add(MessageHandler handler)
    {
        if (_catchesAll)
            throw new InvalidOperationException("A handler that catches all messages has been added. No handler can be added after that.");
        _handlers.Add(handler);
        _byType.Clear();
        _lastType = null;
        _catchesAll = handler.CatchesAll;
    }

    private bool Handle(object message)
    {
        var type = message.GetType();
        // Messages of one type often come in a row.
        var handlers = ReferenceEquals(type, _lastType) ? _lastHandlers : HandlersOf(type);
        foreach (var handler in handlers)
        {
            if (handler.TryHandle(message))
                return true;
        }

        return false;
    }

    private MessageHandler[] HandlersOf(Type type)
    {
        if (!_byType.TryGetValue(type, out var handlers))
        {
            handlers = [.. _handlers.Where(handler => handler.MessageType.IsAssignableFrom(type))];
            _byType.Add(type, handlers);
        }

        _lastType = type;
        _lastHandlers = handlers;
        return handlers;
    }
}

internal abstract class MessageHandler(Type messageType, bool catchesAll)
{
    public Type MessageType { get; } = messageType;

    public bool CatchesAll { get; } = catchesAll;

    public abstract bool TryHandle(object message);
}

internal sealed class TypedHandler<T>(Action<T> handler, Predicate<T>? shouldHandle)
    : MessageHandler(typeof(T), typeof(T) == typeof(object) && shouldHandle is null)
{
    public override bool TryHandle(object message)
    {
        var typed = (T)message;
        if (shouldHandle is not null && !shouldHandle(typed))
            return false;
        handler(typed);
        return true;
    }
}

internal sealed class DecidingHandler<T>(Func<T, bool> handler) : MessageHandler(typeof(T), catchesAll: false)
{
    public override bool TryHandle(object message) => handler((T)message);
}

internal sealed class UntypedHandler(Type messageType, Action<object> handler, Predicate<object>? shouldHandle)
    : MessageHandler(messageType, messageType == typeof(object) && shouldHandle is null)
{
    public override bool TryHandle(object message)
    {
        if (shouldHandle is not null && !shouldHandle(message))
            return false;
        handler(message);
        return true;
    }
}

internal sealed class UntypedDecidingHandler(Type messageType, Func<object, bool> handler) : MessageHandler(messageType, catchesAll: false)
{
    public override bool TryHandle(object message) => handler(message);
}
