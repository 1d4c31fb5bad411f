namespace Actors.Zmtp.Monitoring;

/// <summary>What happened to an endpoint or connection of the monitored socket.</summary>
public abstract class ZmqMonitorEventArgs : EventArgs
{
    /// <summary>An event at an endpoint.</summary>
    protected ZmqMonitorEventArgs(ZmqMonitor monitor, string address, SocketEvents socketEvent)
    {
        Monitor = monitor;
        Address = address;
        SocketEvent = socketEvent;
        PeerAddress = "";
        Detail = "";
    }

    private protected ZmqMonitorEventArgs(ZmqMonitor monitor, MonitorMessage message)
        : this(monitor, message.Endpoint, message.Event)
    {
        PeerAddress = message.PeerAddress;
        RoutingId = message.RoutingId.Length == 0 ? null : message.RoutingId;
        Detail = message.Detail;
    }

    /// <summary>The monitor that raises the event.</summary>
    public ZmqMonitor Monitor { get; }

    /// <summary>The endpoint.</summary>
    public string Address { get; }

    /// <summary>What happened.</summary>
    public SocketEvents SocketEvent { get; }

    /// <summary>The peer's end of the connection, as an endpoint; empty when there is no connection.</summary>
    /// <remarks>This, the routing id and the detail are not in the genuine NetMQ.</remarks>
    public string PeerAddress { get; }

    /// <summary>For a ROUTER or STREAM, by which it knows the peer: what the peer told in the handshake, or what was made up for it; otherwise null.</summary>
    public byte[]? RoutingId { get; }

    /// <summary>Why it happened, as a sentence for people; empty when there is nothing to add.</summary>
    public string Detail { get; }
}

/// <summary>A connection or a listener has begun or ended.</summary>
public class ZmqMonitorSocketEventArgs : ZmqMonitorEventArgs
{
    internal ZmqMonitorSocketEventArgs(ZmqMonitor monitor, MonitorMessage message)
        : base(monitor, message)
    {
    }
}

/// <summary>Something failed, or goes on in the background.</summary>
public class ZmqMonitorErrorEventArgs : ZmqMonitorEventArgs
{
    /// <summary>A failure at an endpoint.</summary>
    public ZmqMonitorErrorEventArgs(ZmqMonitor monitor, string address, ErrorCode errorCode, SocketEvents socketEvent)
        : base(monitor, address, socketEvent)
    {
        ErrorCode = errorCode;
    }

    internal ZmqMonitorErrorEventArgs(ZmqMonitor monitor, MonitorMessage message)
        : base(monitor, message)
    {
        ErrorCode = (ErrorCode)message.Value;
    }

    /// <summary>What failed.</summary>
    public ErrorCode ErrorCode { get; }
}

/// <summary>Another attempt follows after an interval.</summary>
public class ZmqMonitorIntervalEventArgs : ZmqMonitorEventArgs
{
    /// <summary>An attempt that will be made again.</summary>
    public ZmqMonitorIntervalEventArgs(ZmqMonitor monitor, string address, int interval, SocketEvents socketEvent)
        : base(monitor, address, socketEvent)
    {
        Interval = interval;
    }

    internal ZmqMonitorIntervalEventArgs(ZmqMonitor monitor, MonitorMessage message)
        : base(monitor, message)
    {
        Interval = message.Value;
    }

    /// <summary>Milliseconds until the attempt.</summary>
    public int Interval { get; }
}
