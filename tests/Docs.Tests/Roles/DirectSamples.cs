#region usings
using System.Threading.Channels;
using Actors;
using Actors.Transport;
using Akka.Actor;
#endregion

namespace Docs.Tests.Roles;

/// <summary>The samples of docs/roles/direct.md.</summary>
public sealed class DirectSamples : SampleTests
{
    [Fact]
    public async Task A_router_answers_the_dealer_that_asked()
    {
        var system = Start();

        #region router
        var router = system.ActorOf(RouterRole.Props(
            new RouterSettings { Name = "router", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] } },
            Props.Create<Switchboard>()), "router");
        var open = await router.Ask<RoleReady>(WhenReady.Instance);
        #endregion

        #region dealer
        var received = Channel.CreateUnbounded<string>();
        var dealer = system.ActorOf(DealerRole.Props(
            new DealerSettings { Name = "dealer", Socket = new SocketSettings { Connect = [open.Endpoints[0]], RoutingId = "dealer-1"u8.ToArray() } },
            Props.Create(() => new Listener(received.Writer))), "dealer");
        dealer.Tell(Message.FromText("hello"));
        #endregion

        Assert.Equal("HELLO", await Next(received));

        #region send
        router.Tell(new PeerMessage("dealer-1"u8.ToArray(), Message.FromText("news")));
        #endregion

        Assert.Equal("news", await Next(received));

        #region unreachable
        var failure = await router.Ask<Status.Failure>(new PeerMessage("nobody"u8.ToArray(), Message.FromText("lost")));
        var gone = (PeerUnreachableException)failure.Cause;
        // router: the peer 6E6F626F6479 is not connected, so the message was dropped: Message("lost")
        Console.WriteLine($"{gone.Message}: {gone.Undelivered}");
        #endregion

        Assert.Equal("router: the peer 6E6F626F6479 is not connected, so the message was dropped: Message(\"lost\")", $"{gone.Message}: {gone.Undelivered}");
    }

    [Fact]
    public async Task Two_pairs_talk()
    {
        var system = Start();

        #region pair
        var heard = Channel.CreateUnbounded<string>();
        var left = system.ActorOf(PairRole.Props(
            new PairSettings { Name = "left", Socket = new SocketSettings { Bind = ["inproc://pair"] } },
            Props.Create(() => new Listener(heard.Writer))), "left");
        var right = system.ActorOf(PairRole.Props(
            new PairSettings { Name = "right", Socket = new SocketSettings { Connect = ["inproc://pair"] } },
            Props.Create(() => new Listener(heard.Writer))), "right");
        left.Tell(Message.FromText("from the left"));
        right.Tell(Message.FromText("from the right"));
        #endregion

        Assert.Equal(["from the left", "from the right"], new[] { await Next(heard), await Next(heard) }.Order(StringComparer.Ordinal));
    }
}

#region switchboard
public sealed class Switchboard : ReceiveActor
{
    public Switchboard()
    {
        Receive<PeerMessage>(asked => Sender.Tell(asked.Reply(Message.FromText(asked.Message.Text().ToUpperInvariant()))));
        Receive<PeerConnected>(come => Console.WriteLine($"{come.Peer?.Address} is connected"));
        Receive<PeerDisconnected>(gone => Console.WriteLine($"{gone.Peer?.Address} is gone: {gone.Reason}"));
    }
}
#endregion

#region listener
public sealed class Listener : ReceiveActor
{
    public Listener(ChannelWriter<string> heard) => Receive<Message>(message => heard.TryWrite(message.Text()));
}
#endregion
