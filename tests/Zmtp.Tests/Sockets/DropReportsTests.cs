using System.Collections.Concurrent;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;

namespace Actors.Zmtp.Tests.Sockets;

public class DropReportsTests
{
    [Fact]
    public void What_is_not_sent_in_the_end_is_told()
    {
        PushSocket push = new();
        Reports reports = new(push);
        push.Options.Linger = TimeSpan.Zero;
        push.Connect("tcp://127.0.0.1:1");
        push.SendText("a");
        push.SendText("b");

        push.Dispose();

        Assert.Equal((ZmqDropReason.Unsent, 2, "tcp://127.0.0.1:1"), reports.Next());
    }

    [Fact]
    public void What_is_not_received_in_the_end_is_told()
    {
        PullSocket pull = new();
        Reports reports = new(pull);
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        using PushSocket push = new();
        push.Connect($"tcp://127.0.0.1:{port}");
        for (int i = 0; i < 3; i++)
        {
            push.SendText("a");
        }

        Link.Repeat(() => pull.GetStatistics().Total.QueuedIn == 3, "3 messages that wait");

        pull.Dispose();

        Assert.Equal((ZmqDropReason.Unread, 3, $"tcp://127.0.0.1:{port}"), reports.Next());
    }

    [Fact]
    public void What_waits_for_a_peer_that_goes_away_is_told()
    {
        using PushSocket push = new();
        Reports reports = new(push);
        push.Options.SendBuffer = 4096;
        using RawPeer peer = RawPeer.ConnectTo(push.BindRandomPort("tcp://127.0.0.1"), receiveBuffer: 4096);
        peer.Handshake("PULL");
        byte[] message = new byte[1000];
        Link.Repeat(() => !push.TrySendFrame(message), "PUSH that is full");

        peer.Dispose();

        (ZmqDropReason reason, long count, _) = reports.Next();
        Assert.Equal(ZmqDropReason.Unsent, reason);
        Assert.Equal(push.GetStatistics().Total.DroppedUnsent, count);
    }

    [Fact]
    public void The_first_message_that_a_full_pipe_drops_is_told_at_once_and_the_others_when_there_is_room()
    {
        using PublisherSocket publisher = new();
        Reports reports = new(publisher);
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

        Assert.Equal((ZmqDropReason.PeerFull, 1, "inproc://drop-reports"), reports.Next());
        int received = 0;
        while (subscriber.TryReceiveFrameString(out _))
        {
            received++;
        }

        // The socket learns of the room when it is used.
        Link.Repeat(() => publisher.HasOut && reports.Any, "report of the other messages");
        Assert.Equal((ZmqDropReason.PeerFull, sent - received - 1, "inproc://drop-reports"), reports.Next());
    }

    [Fact]
    public void Of_what_a_slow_peer_misses_nothing_is_untold_in_the_end()
    {
        PublisherSocket publisher = new();
        Reports reports = new(publisher);
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
            () => publisher.GetStatistics().Total is var total && reports.Sum(ZmqDropReason.PeerFull) == total.DroppedFull && reports.Sum(ZmqDropReason.Unsent) == total.DroppedUnsent,
            "report of all that was dropped");
        Assert.InRange(reports.Sum(ZmqDropReason.PeerFull), 1, 5000);
    }

    [Fact]
    public async Task Each_message_that_a_socket_took_is_sent_or_told_while_its_peers_come_and_go()
    {
        PushSocket push = new();
        Reports reports = new(push);
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

        PipeStatistics total = push.GetStatistics().Total;
        bool AllAreCounted()
        {
            total = push.GetStatistics().Total;
            return total.MessagesOut + total.DroppedUnsent == sent && reports.Sum(ZmqDropReason.Unsent) == total.DroppedUnsent;
        }

        Link.Repeat(AllAreCounted, () => $"account of all {sent} messages: {reports.Sum(ZmqDropReason.Unsent)} were told as unsent, and the socket has counted {total}");
    }

    [Fact]
    public void A_message_that_is_sent_before_it_is_counted_is_not_told_as_unsent()
    {
        using PushSocket push = new();
        Reports reports = new(push);
        PipeDirection outbound = PipeDirection.Create(keepsLastOnly: false, 0, 0);
        Pipe pipe = new(push.Core, PipeDirection.Create(keepsLastOnly: false, 0, 0), outbound, new NoEngine());

        // The connection has sent the first of three messages, and ends before the socket has counted it.
        pipe.EndOutbound(sent: 1, lastDropped: 0);
        for (int i = 0; i < 3; i++)
        {
            pipe.Out.Write("message"u8, more: false);
            pipe.Out.Commit();
        }

        pipe.End();
        pipe.ReportEnd();

        Assert.Equal((2, 2), (pipe.Statistics().DroppedUnsent, reports.Sum(ZmqDropReason.Unsent)));
    }

    private sealed class NoEngine : IPipeEngine
    {
        public byte[]? FarewellOf(Pipe side) => null;

        public void Refuse(string reason)
        {
        }

        public void Terminate(Pipe side, TimeSpan linger)
        {
        }
    }

    /// <summary>What a socket says that it dropped.</summary>
    private sealed class Reports
    {
        private readonly ConcurrentQueue<SocketEvent> _reports = [];
        private readonly ConcurrentQueue<SocketEvent> _all = [];

        public Reports(ZmqSocket socket)
        {
            // Not disposed: a closed socket goes on dropping until its connections have ended.
            socket.Monitor(SocketEvents.MessagesDropped, report =>
            {
                _reports.Enqueue(report);
                _all.Enqueue(report);
            });
        }

        public bool Any => !_reports.IsEmpty;

        public long Sum(ZmqDropReason reason) => _all.Where(report => report.DropReason == reason).Sum(report => report.Count);

        public (ZmqDropReason Reason, long Count, string Endpoint) Next()
        {
            SocketEvent? next = null;
            Link.Repeat(() => _reports.TryDequeue(out next), "report");
            return (next!.DropReason!.Value, next.Count, next.Endpoint);
        }
    }
}
