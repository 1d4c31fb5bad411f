using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;
using Actors.Zmtp.Tests.Sockets;

namespace Actors.Zmtp.Tests.Conformance;

/// <summary>The clauses of RFC 41, 48, 49 and 51 about queues: when they are there, and what becomes of them when a peer goes.</summary>
public class ThreadSafeQueueTests
{
    private const string JoinA = "04 06 04 4a4f494e 61";
    private static readonly string Large = new('x', 4_000_000);

    [Fact]
    public void What_has_come_from_a_server_is_delivered_after_it_has_gone() => DeliversOfWhoHasGone(new ClientSocket(), "SERVER");

    [Fact]
    public void What_has_come_from_a_client_is_delivered_after_it_has_gone() => DeliversOfWhoHasGone(new ServerSocket(), "CLIENT");

    [Fact]
    public void What_has_come_from_a_scatter_is_delivered_after_it_has_gone() => DeliversOfWhoHasGone(new GatherSocket(), "SCATTER");

    [Fact]
    public void What_has_come_from_a_radio_is_delivered_after_it_has_gone()
    {
        using DishSocket ours = new();
        ours.Join("a");
        using (RawPeer gone = RawPeer.ConnectTo(ours.BindRandomPort("tcp://127.0.0.1")))
        {
            gone.Handshake("RADIO");
            gone.Expect(JoinA);
            gone.Send("01 01 61 00 01 62 01 01 61");
            gone.WaitUntilTaken();
            gone.Reset();
        }

        Assert.Equal("b", ours.ReceiveText());
    }

    [Fact]
    public void What_has_come_from_a_PEER_is_delivered_after_it_has_gone()
    {
        using PeerSocket ours = new();
        using (RawPeer gone = RawPeer.ConnectTo(ours))
        {
            gone.Handshake("PEER");
            gone.Send("00 01 61 00 01 62");
            gone.WaitUntilTaken();
            gone.Reset();
        }

        Assert.Equal("61", Expect.Message(ours).Split(',')[1]);
        Assert.Equal("62", Expect.Message(ours).Split(',')[1]);
    }

    [Fact]
    public void A_connecting_GATHER_keeps_what_it_received_whether_or_not_the_connection_stands()
    {
        using RawListener listener = new();
        using GatherSocket ours = new();
        ours.Connect(listener.Endpoint);
        using (RawPeer first = RawPeer.Accept(listener))
        {
            first.Handshake("SCATTER");
            first.Send("00 01 61");
            first.WaitUntilTaken();
            first.Reset();
        }

        using RawPeer second = RawPeer.Accept(listener);
        Assert.Equal("a", ours.ReceiveText());
        second.Handshake("SCATTER");
        second.Send("00 01 62");
        Assert.Equal("b", ours.ReceiveText());
    }

    [Fact]
    public void A_connecting_RADIO_keeps_its_queue_whether_or_not_the_connection_stands()
    {
        using RawListener listener = new();
        using RadioSocket ours = new();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Connect(listener.Endpoint);
        using (RawPeer first = RawPeer.Accept(listener))
        {
            Join(first);
            ours.SendText("b", group: "a");
            first.Expect("01 01 61 00 01 62");
            first.Reset();
        }

        using RawPeer second = RawPeer.Accept(listener);
        ours.SendText("c", group: "a");
        second.Handshake("DISH");
        second.Expect("01 01 61 00 01 63");
    }

    [Fact]
    public void A_bound_RADIO_destroys_the_queue_of_a_dish_that_goes()
    {
        using RadioSocket ours = new();
        ours.Options.Linger = TimeSpan.Zero;
        int port = ours.BindRandomPort("tcp://127.0.0.1");
        using (RawPeer gone = RawPeer.ConnectTo(port))
        {
            Join(gone);
            SendMoreThanTheSystemTakes(ours);
            gone.Reset();
        }

        using RawPeer peer = RawPeer.ConnectTo(port);
        Join(peer);
        ours.SendText("b", group: "a");
        peer.Expect("01 01 61 00 01 62");
    }

    [Fact]
    public void A_bound_SCATTER_destroys_the_queue_of_a_gather_that_goes()
    {
        using ScatterSocket ours = new();
        ours.Options.Linger = TimeSpan.Zero;
        int port = ours.BindRandomPort("tcp://127.0.0.1");
        using (RawPeer gone = RawPeer.ConnectTo(port))
        {
            gone.Handshake("GATHER");
            SendMoreThanTheSystemTakes(ours);
            gone.Reset();
        }

        using RawPeer peer = RawPeer.ConnectTo(port);
        peer.Handshake("GATHER");
        Link.Repeat(
            () => ours.TrySendText(TimeSpan.FromMilliseconds(20), "b") && peer.HasOctets(TimeSpan.FromMilliseconds(20)),
            "message at the new gather");
        peer.Expect("00 01 62");
    }

    private static void DeliversOfWhoHasGone(ThreadSafeSocket socket, string theirs)
    {
        using ThreadSafeSocket ours = socket;
        using (RawPeer gone = RawPeer.ConnectTo(ours.BindRandomPort("tcp://127.0.0.1")))
        {
            gone.Handshake(theirs);
            gone.Send("00 01 61 00 01 62 01 01 63");
            gone.WaitUntilTaken();
            gone.Reset();
        }

        Assert.Equal("a", ours.ReceiveText());
        Assert.Equal("b", ours.ReceiveText());
        Assert.Null(ours.TryReceiveText());
    }

    private static void Join(RawPeer peer)
    {
        peer.Handshake("DISH");
        peer.Send(JoinA);
        peer.WaitUntilTaken();
    }

    private static void SendMoreThanTheSystemTakes(ThreadSafeSocket ours)
    {
        for (int i = 0; i < 8; i++)
        {
            ours.SendText(Large, group: "a");
        }
    }
}
