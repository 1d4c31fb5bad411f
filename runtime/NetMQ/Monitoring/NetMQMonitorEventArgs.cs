namespace NetMQ.Monitoring;

/// <summary>What happened to an endpoint or connection of the monitored socket.</summary>
public abstract class NetMQMonitorEventArgs : EventArgs
{
    /// <summary>An event at an endpoint.</summary>
    protected NetMQMonitorEventArgs(NetMQMonitor monitor, string address, SocketEvents socketEvent)
    {
        Monitor = monitor;
        Address = address;
        SocketEvent = socketEvent;
    }

    /// <summary>The monitor that raises the event.</summary>
    public NetMQMonitor Monitor { get; }

    /// <summary>The endpoint.</summary>
    public string Address { get; }

    /// <summary>What happened.</summary>
    public SocketEvents SocketEvent { get; }
}

/// <summary>A connection or a listener has begun or ended.</summary>
public class NetMQMonitorSocketEventArgs : NetMQMonitorEventArgs
{
    internal NetMQMonitorSocketEventArgs(NetMQMonitor monitor, string address, SocketEvents socketEvent)
        : base(monitor, address, socketEvent)
    {
    }
}

/// <summary>Something failed, or goes on in the background.</summary>
public class NetMQMonitorErrorEventArgs : NetMQMonitorEventArgs
{
    /// <summary>A failure at an endpoint.</summary>
    public NetMQMonitorErrorEventArgs(NetMQMonitor monitor, string address, ErrorCode errorCode, SocketEvents socketEvent)
        : base(monitor, address, socketEvent)
    {
        ErrorCode = errorCode;
    }

    /// <summary>What failed.</summary>
    public ErrorCode ErrorCode { get; }
}

/// <summary>Another attempt follows after an interval.</summary>
public class NetMQMonitorIntervalEventArgs : NetMQMonitorEventArgs
{
    /// <summary>An attempt that will be made again.</summary>
    public NetMQMonitorIntervalEventArgs(NetMQMonitor monitor, string address, int interval, SocketEvents socketEvent)
        : base(monitor, address, socketEvent)
    {
        Interval = interval;
    }

    /// <summary>Milliseconds until the attempt.</summary>
    public int Interval { get; }
}
