using Actors.Zmtp.Connections;
using Actors.Zmtp.Patterns;
using Actors.Zmtp.Pipes;

namespace Actors.Zmtp.Sockets;

/// <summary>The calls of sessions to their socket, from any thread.</summary>
internal sealed partial class SocketCore
{
    /// <summary>From any thread: takes a session, unless the socket is closed.</summary>
    public bool TryAddSession(Session session)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return false;
            }

            _sessions.Add(session);
        }

        _context.Hold();
        return true;
    }

    /// <summary>From the I/O thread: a session has ended, its connection too.</summary>
    public void SessionEnded(Session session)
    {
        bool removed;
        lock (_lock)
        {
            removed = _sessions.Remove(session);
        }

        if (removed)
        {
            _context.Release();
        }
    }

    /// <summary>From any thread: takes the end of an inproc pipe, unless the socket is closed.</summary>
    public bool TryAddInproc(Pipe pipe)
    {
        lock (_lock)
        {
            return !_closed;
        }
    }

    /// <summary>From any thread: what the peer of a session is to be told of subscriptions.</summary>
    public ISubscriptionSource? CreateSubscriptionSource(Session session)
        => (_pattern as ISubscriber)?.CreateSource(session);

    /// <summary>From any thread.</summary>
    public void RemoveSubscriptionSource(ISubscriptionSource source)
        => (_pattern as ISubscriber)?.RemoveSource(source);
}
