using Actors.Transport;
using Akka.Actor;

namespace Actors.Tests.Direct;

/// <summary>The pair role on simulated sockets.</summary>
public sealed class PairTests : SimulatedRoleTests
{
    private IActorRef Pair(Props handler, PairSettings? settings = null) =>
        Sys.ActorOf(PairRole.Props(settings ?? new PairSettings { Name = "pair", Socket = Bound }, handler), "pair");

    [Fact]
    public void A_pair_sends_and_receives_in_order()
    {
        var pair = Pair(Telling);
        pair.Tell(Text("early"));
        var peer = Network.Socket("pair").Connect();
        pair.Tell(new MessageBatch(Text("a"), Text("b", "c")));
        peer.Send(Text("x"), Text("y", ""));

        Assert.Equal([Text("early"), Text("a"), Text("b", "c")], peer.Received);
        ExpectMsg<PeerConnected>();
        Assert.Equal([Text("x"), Text("y", "")], [ExpectMsg<Message>(), ExpectMsg<Message>()]);
    }

    [Fact]
    public void A_pair_has_one_endpoint_because_it_has_one_peer()
    {
        var two = new PairSettings { Name = "pair", Socket = new SocketSettings { Bind = ["tcp://*:1"], Connect = ["tcp://one:1"] } };

        Assert.Contains("expected one, because a pair has one peer", Assert.Throws<SocketSettingsException>(two.Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void While_its_peer_does_not_read_a_pair_holds_back_its_producers_and_its_peer()
    {
        var pair = Pair(Echoing, new PairSettings { Name = "pair", Socket = Bound with { OutboundWindow = 1 }, InboundWindow = 2, Outbound = new OutboundSettings(2, OverflowRule.Backpressure) });
        var socket = Network.Socket("pair");
        var peer = socket.Connect();
        ExpectMsg<PeerConnected>();
        socket.Fill();
        for (var n = 0; n < 4; n++) pair.Tell(Text($"{n}"), TestActor);
        Assert.IsType<OutboundOverflowException>(ExpectMsg<Status.Failure>().Cause);
        peer.Send([.. Enumerable.Range(0, 50).Select(n => Text($"echo {n}"))]);

        Assert.InRange(socket.Unread, 40, 49);
        socket.Drain();
        Assert.Equal([Text("0"), Text("1"), Text("2"), .. Enumerable.Range(0, 50).Select(n => Text($"echo {n}"))], peer.Received);
    }

    [Fact]
    public void Another_peer_may_come_when_the_first_is_gone()
    {
        var pair = Pair(Telling);
        var socket = Network.Socket("pair");
        var first = socket.Connect();
        Assert.Throws<InvalidOperationException>(() => socket.Connect());
        first.Disconnect("left");
        pair.Tell(Text("for the second"));

        Assert.Equal(Text("for the second"), socket.Connect().Expect());
        ExpectMsg<PeerConnected>();
        Assert.Equal("left", ExpectMsg<PeerDisconnected>().Reason);
    }
}
