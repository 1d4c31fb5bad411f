using System.Diagnostics;
using Actors.Transport;
using Akka.Actor;
using Actors.Zmtp;
using Xunit.Abstractions;

namespace Actors.Tests;

/// <summary>A raw DEALER that sends requests and leaves its replies unread holds nobody up.</summary>
public sealed class ClientThatDoesNotReadTests(ITestOutputHelper log) : RoleTestKit(log)
{
    private const int Requests = 100_000;

    // So long that the replies do not find room in the buffers of the TCP connection.
    private static readonly Message Answer = new(new byte[1000]);

    private static readonly Props Answering = Handler((_, sender, self) => sender.Tell(Answer, self));

    [Fact]
    public async Task A_client_that_does_not_read_its_replies_does_not_hold_up_another_at_a_reply_role()
    {
        var (_, endpoint) = Start(ReplyRole.Props(new ReplySettings { Name = "server", Socket = new SocketSettings { Bind = [AnyPort] } }, Answering));

        await CheckOthersAreServed(endpoint);
    }

    [Fact]
    public async Task A_client_that_does_not_read_its_replies_does_not_hold_up_another_at_a_queue()
    {
        // Room for all that the one client asks, so that each request has a reply.
        var queue = Sys.ActorOf(QueueRole.Props(new QueueSettings { Name = "queue", Clients = new SocketSettings { Bind = [AnyPort] }, Servers = new SocketSettings { Bind = [AnyPort] }, Capacity = Requests }));
        queue.Tell(WhenReady.Instance, TestActor);
        var endpoints = ExpectMsg<RoleReady>(Patience).Endpoints;
        Sys.ActorOf(ReplyRole.Props(new ReplySettings { Name = "server", Socket = new SocketSettings(), Queue = new JoinQueueSettings(endpoints[1]) }, Answering));

        await CheckOthersAreServed(endpoints[0]);
    }

    private async Task CheckOthersAreServed(string endpoint)
    {
        var drops = new Drops();
        Sys.EventStream.Subscribe(Sys.ActorOf(Props.Create(() => new DropCounter(drops))), typeof(MessagesDropped));
        using var greedy = new DealerSocket();
        greedy.Options.SendHighWatermark = 0;
        greedy.Connect(endpoint);
        for (var n = 0; n < Requests; n++) greedy.SendMoreFrameEmpty().SendFrame("me");
        var (client, _) = Start(RequestRole.Props(new RequestSettings { Name = "client", Socket = new SocketSettings { Connect = [endpoint] }, Timeout = Patience }));

        // From here on the other's replies have no room any more.
        await drops.OfPeer.Task.WaitAsync(Patience);
        for (var n = 0; n < 100; n++) Assert.Equal(Answer, await client.Ask<Message>(Message.FromText("and me"), Patience));

        // Each request of the other has a reply that it can read now, or one that was counted.
        var received = 0;
        for (var began = Stopwatch.GetTimestamp(); received + drops.Count < Requests;)
        {
            ZmqMessage? reply = null;
            if (greedy.TryReceiveMultipartMessage(TimeSpan.FromMilliseconds(100), ref reply)) received++;
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"of {Requests} requests, {received} replies were received and {drops.Count} counted as dropped");
        }
        Assert.Equal(Requests, received + drops.Count);
        Assert.True(received > 0, "no reply was received");
    }

    /// <summary>What was dropped.</summary>
    private sealed class Drops
    {
        private long _count;

        public long Count => Interlocked.Read(ref _count);

        /// <summary>Ends with the first drop for a peer that does not read.</summary>
        public TaskCompletionSource OfPeer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Add(MessagesDropped dropped)
        {
            Interlocked.Add(ref _count, dropped.Count);
            if (dropped is { Reason: DropReason.PeerFull, Peer: not null }) OfPeer.TrySetResult();
        }
    }

    private sealed class DropCounter : ReceiveActor
    {
        public DropCounter(Drops drops) => Receive<MessagesDropped>(drops.Add);
    }
}
