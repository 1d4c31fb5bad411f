namespace Actors.Zmtp;

/// <summary>Which socket is ready, and for what. The object is used again for the next event.</summary>
public sealed class ZmqSocketEventArgs : EventArgs
{
    /// <summary>The arguments for events of a socket.</summary>
    internal ZmqSocketEventArgs(ZmqSocket socket)
    {
        Socket = socket;
    }

    /// <summary>The socket.</summary>
    public ZmqSocket Socket { get; }

    /// <summary>A message can be received.</summary>
    public bool IsReadyToReceive { get; private set; }

    /// <summary>A message can be sent.</summary>
    public bool IsReadyToSend { get; private set; }

    internal void Init(PollEvents events)
    {
        IsReadyToReceive = events.HasIn();
        IsReadyToSend = events.HasOut();
    }
}
