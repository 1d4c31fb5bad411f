using System.Collections.Concurrent;

namespace Actors.Zmtp.Tests.Sockets;

/// <summary>The events of a socket, kept in their order until a test asks for them.</summary>
internal sealed class EventRecorder : IDisposable
{
    private readonly IDisposable _monitor;
    private readonly BlockingCollection<SocketEvent> _events = [];

    public EventRecorder(ZmqSocket socket, SocketEvents events = SocketEvents.Connections | SocketEvents.Handshakes)
    {
        _monitor = socket.Monitor(events, _events.Add);
    }

    /// <summary>The next event, which must be this.</summary>
    public SocketEvent Next(SocketEvents wanted)
    {
        Assert.True(_events.TryTake(out SocketEvent? e, Frames.Timeout), $"There was no event {wanted} within {Frames.Timeout}.");
        Assert.Equal(wanted, e.Kind);
        return e;
    }

    /// <summary>The next event of a kind, past others.</summary>
    public SocketEvent Await(SocketEvents wanted)
    {
        List<SocketEvents> others = [];
        while (true)
        {
            Assert.True(
                _events.TryTake(out SocketEvent? e, Frames.Timeout),
                $"There was no event {wanted} within {Frames.Timeout}; there were {string.Join(", ", others)}.");
            if (e.Kind == wanted)
            {
                return e;
            }

            others.Add(e.Kind);
        }
    }

    /// <summary>No event comes within a time.</summary>
    public void Nothing(TimeSpan time)
        => Assert.False(_events.TryTake(out SocketEvent? e, time), $"There was the event {e?.Kind}: {e?.Reason}.");

    public void Dispose() => _monitor.Dispose();
}
