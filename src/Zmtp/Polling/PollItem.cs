using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Polling;

/// <summary>A socket in a poller.</summary>
internal sealed class PollItem(ZmqPoller poller, ZmqSocket socket) : ISocketWatcher
{
    private int _signalled;
    private bool _removed;

    public ZmqSocket Socket { get; } = socket;

    /// <summary>The next in the poller's list of signalled items.</summary>
    public PollItem? NextSignalled;

    /// <summary>The item is in the list of those to be looked at in each round. For the poller's thread.</summary>
    public bool IsActive { get; set; }

    /// <summary>The socket was taken out.</summary>
    public bool IsRemoved
    {
        get => Volatile.Read(ref _removed);
        set => Volatile.Write(ref _removed, value);
    }

    /// <summary>From any thread: takes the socket out, and waits for a handler of it that runs on the poller's thread.</summary>
    public void Leave() => poller.RemoveItem(Socket);

    /// <summary>From any thread: the socket has news.</summary>
    public void SocketSignalled()
    {
        if (Volatile.Read(ref _signalled) == 0 && Interlocked.Exchange(ref _signalled, 1) == 0)
        {
            poller.Push(this);
        }
    }

    /// <summary>From here on further news are told again.</summary>
    public void TakeSignal() => Interlocked.Exchange(ref _signalled, 0);

    /// <summary>The operations that somebody waits for and the socket can do now. An item that can do none is signalled later.</summary>
    public PollEvents Look()
    {
        if (Socket.IsDisposed)
        {
            return PollEvents.None;
        }

        PollEvents found = PollEvents.None;
        SocketCore core = Socket.Core;
        core.ProcessSignals();
        if (Socket.HasReceiveHandlers && core.Pattern.HasIn)
        {
            found |= PollEvents.PollIn;
        }

        if (Socket.HasSendHandlers && core.Pattern.HasOut)
        {
            found |= PollEvents.PollOut;
        }

        return found;
    }
}
