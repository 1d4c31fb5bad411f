using System.Collections.Concurrent;
using Actors.Zmtp.Monitoring;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Tests.Interop;

public class MonitorInteropTests
{
    [SkippableFact]
    public void A_listener_tells_of_who_comes_and_goes()
    {
        using var ours = new PullSocket();
        using var monitor = new ZmqMonitor(ours, "inproc://monitor-of-a-listener", SocketEvents.All);
        using var events = new BlockingCollection<SocketEvents>();
        monitor.EventReceived += (_, e) => events.Add(e.SocketEvent);
        var running = monitor.StartAsync();
        var endpoint = Link.Bind(ours);
        Next(events, SocketEvents.Listening);

        using var theirs = PythonPeer.Start("PUSH");
        theirs.Connect(endpoint);
        Next(events, SocketEvents.Accepted);
        theirs.Kill();
        Next(events, SocketEvents.Disconnected);

        monitor.Stop();
        Assert.True(running.Wait(Expect.Patience), "the monitor did not stop");
    }

    [SkippableFact]
    public void A_connecting_socket_tells_of_its_attempts()
    {
        var endpoint = Link.FreeEndpoint();
        using var ours = new PushSocket();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Options.ReconnectInterval = TimeSpan.FromMilliseconds(50);
        using var monitor = new ZmqMonitor(ours, "inproc://monitor-of-a-connector", SocketEvents.All);
        using var events = new BlockingCollection<SocketEvents>();
        monitor.EventReceived += (_, e) => events.Add(e.SocketEvent);
        var running = monitor.StartAsync();
        ours.Connect(endpoint);
        Next(events, SocketEvents.ConnectRetried);

        using var theirs = PythonPeer.Start("PULL");
        theirs.Bind(endpoint);
        Next(events, SocketEvents.Connected);
        theirs.Kill();
        Next(events, SocketEvents.Disconnected);
        Next(events, SocketEvents.ConnectRetried);

        monitor.Stop();
        Assert.True(running.Wait(Expect.Patience), "the monitor did not stop");
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
