using Actors.Transport;
using Akka.Actor;

namespace Actors.Tests.Direct;

/// <summary>The dealer role on simulated sockets.</summary>
public sealed class DealerTests : SimulatedRoleTests
{
    private IActorRef Dealer(Props handler, DealerSettings? settings = null) =>
        Sys.ActorOf(DealerRole.Props(settings ?? new DealerSettings { Name = "dealer", Socket = Bound }, handler), "dealer");

    [Fact]
    public void What_a_dealer_sends_goes_to_its_peers_in_turn()
    {
        var dealer = Dealer(Telling);
        var (one, two) = (Network.Socket("dealer").Connect(), Network.Socket("dealer").Connect());
        dealer.Tell(Text("a", "", "b"));
        dealer.Tell(new MessageBatch(Text("c"), Text("d")));

        Assert.Equal([Text("a", "", "b"), Text("d")], one.Received);
        Assert.Equal([Text("c")], two.Received);
    }

    [Fact]
    public void What_comes_back_is_told_to_the_dealers_handler_with_its_frames_untouched()
    {
        Dealer(Telling);
        var peer = Network.Socket("dealer").Connect();
        ExpectMsg<PeerConnected>();
        peer.Send(Text("", "body"), Text("x"));

        Assert.Equal(Text("", "body"), ExpectMsg<Message>());
        Assert.Equal(Text("x"), ExpectMsg<Message>());
    }

    [Fact]
    public void A_dealer_with_a_delimiter_puts_an_empty_frame_in_front_and_takes_it_off()
    {
        var dealer = Dealer(Telling, new DealerSettings { Name = "dealer", Socket = Bound, Delimiter = true });
        var peer = Network.Socket("dealer").Connect();
        ExpectMsg<PeerConnected>();
        dealer.Tell(Text("ask"));
        dealer.Tell(new MessageBatch(Text("again")));
        peer.Send(Text("", "reply"), Text("no delimiter"), Text(""));

        Assert.Equal([Text("", "ask"), Text("", "again")], peer.Received);
        Assert.Equal(Text("reply"), ExpectMsg<Message>());
        Assert.Equal(new MessagesDropped("dealer", 2, DropReason.Malformed), Assert.Single(Network.Dropped));
        Assert.Equal((3, 1000), (StatusOf(dealer).Received, Network.Socket("dealer").Credit));
    }

    [Fact]
    public void While_nobody_takes_a_handlers_answers_a_dealer_takes_no_more_and_drops_none()
    {
        Dealer(Echoing, new DealerSettings
        {
            Name = "dealer",
            Socket = Bound with { OutboundWindow = 1 },
            InboundWindow = 2,
            Outbound = new OutboundSettings(1, OverflowRule.Backpressure),
        });
        var socket = Network.Socket("dealer");
        var peer = socket.Connect();
        socket.Fill();
        peer.Send([.. Enumerable.Range(0, 100).Select(n => Text($"{n}"))]);

        Assert.InRange(socket.Unread, 90, 98);
        socket.Drain();
        Assert.Equal(Enumerable.Range(0, 100).Select(n => Text($"{n}")), peer.Received);
        Assert.Empty(Network.Dropped);
    }

    [Fact]
    public void A_producer_of_a_dealer_is_granted_what_its_queue_holds()
    {
        var dealer = Dealer(Telling, new DealerSettings { Name = "dealer", Socket = Bound with { OutboundWindow = 1 }, Outbound = new OutboundSettings(3, OverflowRule.Backpressure) });
        dealer.Tell(RegisterProducer.Instance, TestActor);

        Assert.Equal(3, ExpectMsg<Demand>().Messages);
    }

    [Fact]
    public void A_message_that_a_dealers_handler_fails_on_is_counted()
    {
        Dealer(Telling);
        var peer = Network.Socket("dealer").Connect();
        peer.Send(Text("fail"), Text("next"));

        ExpectMsg<PeerConnected>();
        Assert.Equal(Text("next"), ExpectMsg<Message>());
        Assert.Equal(new MessagesDropped("dealer", 1, DropReason.HandlerFailed), Assert.Single(Network.Dropped));
    }

    [Fact]
    public void After_a_failure_of_its_socket_a_dealer_sends_what_waited_and_its_handler_has_heard_that_the_peers_are_gone()
    {
        var dealer = Dealer(Telling);
        var socket = Network.Socket("dealer");
        var lost = socket.Connect();
        ExpectMsg<PeerConnected>();
        socket.Fail(new InvalidOperationException("broken"));
        Assert.Equal((lost.Identity, "the socket has failed"), (ExpectMsg<PeerDisconnected>() is var gone ? gone.Peer : null, gone.Reason));
        dealer.Tell(Text("meanwhile"));

        Time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(Text("meanwhile"), socket.Connect().Expect());
        Assert.Empty(Network.Dropped);
    }

    [Fact]
    public void What_waits_in_a_dealer_that_stops_is_counted()
    {
        var dealer = Dealer(Telling, new DealerSettings { Name = "dealer", Socket = Bound with { OutboundWindow = 2 } });
        for (var n = 0; n < 5; n++) dealer.Tell(Text($"{n}"));
        Sys.Stop(dealer);

        Assert.Equal(5, Network.Dropped.Where(dropped => dropped.Reason == DropReason.Stopped).Sum(dropped => dropped.Count));
    }
}
