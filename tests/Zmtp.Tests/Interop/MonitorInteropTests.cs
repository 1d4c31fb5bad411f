using System.Collections.Concurrent;

namespace Actors.Zmtp.Tests.Interop;

public class MonitorInteropTests
{
    [SkippableFact]
    public void A_listener_tells_of_who_comes_and_goes()
    {
        using var ours = new PullSocket();
        using var events = new BlockingCollection<SocketEvents>();
        using var monitor = ours.Monitor(SocketEvents.Connections, e => events.Add(e.Kind));
        var endpoint = Link.Bind(ours);
        Next(events, SocketEvents.Listening);

        using var theirs = PythonPeer.Start("PUSH");
        theirs.Connect(endpoint);
        Next(events, SocketEvents.Accepted);
        theirs.Kill();
        Next(events, SocketEvents.Disconnected);
    }

    [SkippableFact]
    public void A_connecting_socket_tells_of_its_attempts()
    {
        var endpoint = Link.FreeEndpoint();
        using var ours = new PushSocket();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Options.ReconnectInterval = TimeSpan.FromMilliseconds(50);
        using var events = new BlockingCollection<SocketEvents>();
        using var monitor = ours.Monitor(SocketEvents.Connections, e => events.Add(e.Kind));
        ours.Connect(endpoint);
        Next(events, SocketEvents.ConnectRetried);

        using var theirs = PythonPeer.Start("PULL");
        theirs.Bind(endpoint);
        Next(events, SocketEvents.Connected);
        theirs.Kill();
        Next(events, SocketEvents.Disconnected);
        Next(events, SocketEvents.ConnectRetried);
    }

    /// <summary>Waits for an event, past others.</summary>
    private static void Next(BlockingCollection<SocketEvents> events, SocketEvents wanted)
    {
        var seen = new List<SocketEvents>();
        while (events.TryTake(out var next, Expect.Patience))
        {
            if (next == wanted)
                return;
            seen.Add(next);
        }

        throw new TimeoutException($"Within {Expect.Patience.TotalSeconds} s there was no {wanted}; there were {string.Join(", ", seen)}.");
    }
}
