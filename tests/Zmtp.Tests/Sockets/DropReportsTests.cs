using System.Collections.Concurrent;
using System.Diagnostics;
using Actors.Zmtp.Sockets;
using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;

namespace Actors.Zmtp.Tests.Sockets;

public class DropReportsTests
{
    [Fact]
    public void What_is_not_sent_in_the_end_is_told()
    {
        using Reports reports = new();
        PushSocket push = new();
        push.Options.Linger = TimeSpan.Zero;
        push.Connect("tcp://127.0.0.1:1");
        push.SendText("a");
        push.SendText("b");

        push.Dispose();

        Assert.Equal(("Unsent", 2, "tcp://127.0.0.1:1"), reports.Next(push));
    }

    [Fact]
    public void What_is_not_received_in_the_end_is_told()
    {
        using Reports reports = new();
        PullSocket pull = new();
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        using PushSocket push = new();
        push.Connect($"tcp://127.0.0.1:{port}");
        for (int i = 0; i < 3; i++)
        {
            push.SendText("a");
        }

        Link.Repeat(() => pull.GetStatistics().Total.QueuedIn == 3, "3 messages that wait");

        pull.Dispose();

        Assert.Equal(("Unread", 3, $"tcp://127.0.0.1:{port}"), reports.Next(pull));
    }

    [Fact]
    public void What_waits_for_a_peer_that_goes_away_is_told()
    {
        using Reports reports = new();
        using PushSocket push = new();
        push.Options.SendBuffer = 4096;
        using RawPeer peer = RawPeer.ConnectTo(push.BindRandomPort("tcp://127.0.0.1"), receiveBuffer: 4096);
        peer.Handshake("PULL");
        byte[] message = new byte[1000];
        Link.Repeat(() => !push.TrySendFrame(message), "PUSH that is full");

        peer.Dispose();

        (string reason, long count, _) = reports.Next(push);
        Assert.Equal("Unsent", reason);
        Assert.Equal(push.GetStatistics().Total.DroppedUnsent, count);
    }

    [Fact]
    public void The_first_message_that_a_full_pipe_drops_is_told_at_once_and_the_others_when_there_is_room()
    {
        using Reports reports = new();
        using PublisherSocket publisher = new();
        publisher.Options.SendHighWatermark = 2;
        publisher.Bind("inproc://drop-reports");
        using SubscriberSocket subscriber = new();
        subscriber.Options.ReceiveHighWatermark = 2;
        subscriber.Connect("inproc://drop-reports");
        subscriber.SubscribeToAnyTopic();
        Link.Repeat(() => publisher.TrySendFrame("probe") && subscriber.TryReceiveFrameString(out _), "subscription");
        while (subscriber.TryReceiveFrameString(out _))
        {
        }

        const int sent = 10;
        for (int i = 0; i < sent; i++)
        {
            publisher.SendFrame("x");
        }

        Assert.Equal(("Full", 1, "inproc://drop-reports"), reports.Next(publisher));
        int received = 0;
        while (subscriber.TryReceiveFrameString(out _))
        {
            received++;
        }

        // The socket learns of the room when it is used.
        Link.Repeat(() => publisher.HasOut && reports.Any(publisher), "report of the other messages");
        Assert.Equal(("Full", sent - received - 1, "inproc://drop-reports"), reports.Next(publisher));
    }

    [Fact]
    public void Of_what_a_slow_peer_misses_nothing_is_untold_in_the_end()
    {
        using Reports reports = new();
        PublisherSocket publisher = new();
        publisher.Options.SendHighWatermark = 10;
        publisher.Options.SendBuffer = 4096;
        publisher.Options.Linger = TimeSpan.Zero;
        using RawPeer peer = RawPeer.ConnectTo(publisher.BindRandomPort("tcp://127.0.0.1"), receiveBuffer: 4096);
        peer.Handshake("SUB");
        peer.Send("04 0a 09 535542534352494245");
        Link.Repeat(
            () =>
            {
                publisher.TrySendFrame("probe");
                return peer.HasOctets(TimeSpan.FromMilliseconds(20));
            },
            "message for the subscriber");
        for (int i = 0; i < 5000; i++)
        {
            publisher.SendFrame(new byte[1000]);
        }

        publisher.Dispose();

        Link.Repeat(
            () => publisher.GetStatistics().Total is var total && reports.Sum(publisher, "Full") == total.DroppedFull && reports.Sum(publisher, "Unsent") == total.DroppedUnsent,
            "report of all that was dropped");
        Assert.InRange(reports.Sum(publisher, "Full"), 1, 5000);
    }

    [Fact]
    public async Task Each_message_that_a_socket_took_is_sent_or_told_while_its_peers_come_and_go()
    {
        using Reports reports = new();
        PushSocket push = new();
        push.Options.Linger = TimeSpan.Zero;
        int port = push.BindRandomPort("tcp://127.0.0.1");
        Task peers = Task.Run(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                using RawPeer peer = RawPeer.ConnectTo(port, receiveBuffer: 4096);
                peer.Handshake("PULL");
                Link.Repeat(() => peer.HasOctets(TimeSpan.FromMilliseconds(20)), "message");
            }
        });
        long sent = 0;
        byte[] message = new byte[100];
        while (!peers.IsCompleted)
        {
            sent += push.TrySendFrame(TimeSpan.FromMilliseconds(1), message) ? 1 : 0;
        }

        await peers;
        push.Dispose();

        Link.Repeat(
            () => push.GetStatistics().Total is var total && total.MessagesOut + total.DroppedUnsent == sent && reports.Sum(push, "Unsent") == total.DroppedUnsent,
            $"account of all {sent} messages: {push.GetStatistics().Total}");
    }

    /// <summary>Listens as any program can, by the names alone.</summary>
    private sealed class Reports : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly ConcurrentQueue<Dictionary<string, object?>> _reports = [];
        private readonly List<IDisposable> _subscriptions = [];

        public Reports()
        {
            IDisposable all = DiagnosticListener.AllListeners.Subscribe(this);
            _subscriptions.Add(all);
        }

        public bool Any(ZmqSocket socket) => _reports.Any(report => report["Socket"] == socket);

        public long Sum(ZmqSocket socket, string reason)
            => _reports.Where(report => report["Socket"] == socket && report["Reason"] is string why && why == reason).Sum(report => (long)report["Count"]!);

        /// <summary>The next report of the socket; others are of tests beside this one.</summary>
        public (string Reason, long Count, string Endpoint) Next(ZmqSocket socket)
        {
            Dictionary<string, object?>? next = null;
            Link.Repeat(
                () =>
                {
                    while (next is null && _reports.TryDequeue(out Dictionary<string, object?>? report))
                    {
                        next = report["Socket"] == socket ? report : null;
                    }

                    return next is not null;
                },
                "report");
            return ((string)next!["Reason"]!, (long)next["Count"]!, (string)next["Endpoint"]!);
        }

        public void OnNext(DiagnosticListener listener)
        {
            if (listener.Name == "Actors.Zmtp")
            {
                _subscriptions.Add(listener.Subscribe(this));
            }
        }

        public void OnNext(KeyValuePair<string, object?> what)
        {
            if (what is { Key: "Actors.Zmtp.MessagesDropped", Value: IEnumerable<KeyValuePair<string, object?>> report })
            {
                _reports.Enqueue(report.ToDictionary());
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());
    }
}
