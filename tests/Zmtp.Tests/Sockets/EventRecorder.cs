using System.Collections.Concurrent;
using Actors.Zmtp.Monitoring;

namespace Actors.Zmtp.Tests.Sockets;

/// <summary>The events of a socket as its monitor tells them, on a thread of its own.</summary>
internal sealed class EventRecorder : IDisposable
{
    private readonly ZmqMonitor _monitor;
    private readonly BlockingCollection<ZmqMonitorEventArgs> _events = [];

    public EventRecorder(ZmqSocket socket, SocketEvents events = SocketEvents.All | SocketEvents.Handshakes)
    {
        _monitor = new ZmqMonitor(socket, "inproc://monitor-" + Guid.NewGuid().ToString("N"), events);
        _monitor.EventReceived += (_, e) => _events.Add(e);
        _monitor.StartAsync();
    }

    /// <summary>The next event, which must be this.</summary>
    public ZmqMonitorEventArgs Next(SocketEvents wanted)
    {
        Assert.True(_events.TryTake(out ZmqMonitorEventArgs? e, Frames.Timeout), $"There was no event {wanted} within {Frames.Timeout}.");
        Assert.Equal(wanted, e.SocketEvent);
        return e;
    }

    /// <summary>The next event of a kind, past others.</summary>
    public ZmqMonitorEventArgs Await(SocketEvents wanted)
    {
        List<SocketEvents> others = [];
        while (true)
        {
            Assert.True(
                _events.TryTake(out ZmqMonitorEventArgs? e, Frames.Timeout),
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
        => Assert.False(_events.TryTake(out ZmqMonitorEventArgs? e, time), $"There was the event {e?.SocketEvent}: {e?.Detail}.");

    public void Dispose() => _monitor.Dispose();
}
