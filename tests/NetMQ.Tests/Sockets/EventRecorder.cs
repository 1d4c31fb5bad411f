using System.Collections.Concurrent;
using NetMQ.Monitoring;

namespace NetMQ.Tests.Sockets;

/// <summary>The events of a socket as its monitor tells them, on a thread of its own.</summary>
internal sealed class EventRecorder : IDisposable
{
    private readonly NetMQMonitor _monitor;
    private readonly BlockingCollection<NetMQMonitorEventArgs> _events = [];

    public EventRecorder(NetMQSocket socket, SocketEvents events = SocketEvents.All | SocketEvents.Handshakes)
    {
        _monitor = new NetMQMonitor(socket, "inproc://monitor-" + Guid.NewGuid().ToString("N"), events);
        _monitor.EventReceived += (_, e) => _events.Add(e);
        _monitor.StartAsync();
    }

    /// <summary>The next event, which must be this.</summary>
    public NetMQMonitorEventArgs Next(SocketEvents wanted)
    {
        Assert.True(_events.TryTake(out NetMQMonitorEventArgs? e, Frames.Timeout), $"There was no event {wanted} within {Frames.Timeout}.");
        Assert.Equal(wanted, e.SocketEvent);
        return e;
    }

    /// <summary>The next event of a kind, past others.</summary>
    public NetMQMonitorEventArgs Await(SocketEvents wanted)
    {
        List<SocketEvents> others = [];
        while (true)
        {
            Assert.True(
                _events.TryTake(out NetMQMonitorEventArgs? e, Frames.Timeout),
                $"There was no event {wanted} within {Frames.Timeout}; there were {string.Join(", ", others)}.");
            if (e.SocketEvent == wanted)
            {
                return e;
            }

            others.Add(e.SocketEvent);
        }
    }

    /// <summary>No event comes within a time.</summary>
    public void Nothing(TimeSpan time)
        => Assert.False(_events.TryTake(out NetMQMonitorEventArgs? e, time), $"There was the event {e?.SocketEvent}: {e?.Detail}.");

    public void Dispose() => _monitor.Dispose();
}
