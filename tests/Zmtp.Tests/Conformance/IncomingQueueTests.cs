using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;
using Actors.Zmtp.Tests.Protocol;

namespace Actors.Zmtp.Tests.Conformance;

/// <summary>The clauses of RFC 28 to 31 about what has come from peers: in which order it is received, and what becomes of it when they go.</summary>
public class IncomingQueueTests
{
    private const int Rounds = 10;

    [Theory]
    [InlineData("REP")]
    [InlineData("DEALER")]
    [InlineData("ROUTER")]
    [InlineData("XPUB")]
    [InlineData("SUB")]
    [InlineData("XSUB")]
    [InlineData("PULL")]
    public void Peers_that_have_sent_are_received_from_in_turn(string type)
    {
        using var ours = SocketKinds.Create(type);
        var port = ours.BindRandomPort("tcp://127.0.0.1");
        string[] names = ["61", "62", "63"];
        RawPeer[] peers = [.. names.Select(name => Sending(port, type, name))];
        var received = new List<string>();
        for (var i = 0; i < Rounds * names.Length; i++)
        {
            received.Add(Expect.Message(ours).Split(',')[^1]);
            if (type == "REP")
                Expect.Sent(ours, "6f6b");
        }

        for (var round = 0; round < Rounds; round++)
            Assert.Equal(names, received.Skip(round * names.Length).Take(names.Length).Order());
        foreach (var peer in peers)
            peer.Dispose();
    }

    [Theory]
    [InlineData("DEALER")]
    [InlineData("SUB")]
    [InlineData("XSUB")]
    [InlineData("PULL")]
    [InlineData("PAIR")]
    public void A_connecting_socket_keeps_what_it_received_whether_or_not_the_connection_stands(string type)
    {
        using var listener = new RawListener();
        using var ours = SocketKinds.Create(type);
        ours.Connect(listener.Endpoint);
        using (var first = RawPeer.Accept(listener))
        {
            first.Handshake(SocketKinds.PeerOf(type));
            Greet(first, type);
            first.Send("00 01 61");
            first.WaitUntilTaken();
            first.Reset();
        }

        using var second = RawPeer.Accept(listener);
        Expect.Message(ours, "61");
        second.Handshake(SocketKinds.PeerOf(type));
        second.Send("00 01 62");
        Expect.Message(ours, "62");
    }

    [Theory]
    [InlineData("DEALER")]
    [InlineData("SUB")]
    [InlineData("XSUB")]
    [InlineData("PULL")]
    [InlineData("PAIR")]
    public void What_has_come_from_a_peer_is_delivered_after_it_has_gone(string type)
    {
        using var ours = SocketKinds.Create(type);
        using (var gone = RawPeer.ConnectTo(ours))
        {
            gone.Handshake(SocketKinds.PeerOf(type));
            Greet(gone, type);
            gone.Send("01 01 61 00 01 62 00 01 63 01 01 64");
            gone.WaitUntilTaken();
            gone.Reset();
        }

        Expect.Message(ours, "61,62");
        Expect.Message(ours, "63");
        Assert.False(ours.Poll(PollEvents.PollIn, TimeSpan.FromMilliseconds(50)).HasIn());
    }

    [Theory]
    [InlineData("DEALER")]
    [InlineData("SUB")]
    [InlineData("XSUB")]
    [InlineData("PULL")]
    [InlineData("PAIR")]
    public async Task A_queue_that_is_full_stops_the_peer_and_nothing_is_discarded(string type)
    {
        using var ours = SocketKinds.Create(type);
        ours.Options.ReceiveHighWatermark = 4;
        ours.Options.ReceiveBuffer = 8192;
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake(SocketKinds.PeerOf(type));
        Greet(peer, type);
        byte[] body = [.. Enumerable.Range(0, 50_000).Select(i => (byte)i)];
        byte[] frame = [0x02, 0, 0, 0, 0, 0, 0, 0xC3, 0x50, .. body];
        var count = peer.SendUntilStopped(frame, most: 4000);
        var rest = Task.Run(peer.SendRest);
        for (var i = 0; i < count; i++)
        {
            Assert.True(ours.TryReceiveFrameBytes(Expect.Patience, out var received), $"message {i} of {count} was not received");
            Assert.Equal(body, received);
        }

        await rest.WaitAsync(Expect.Patience);
    }

    /// <summary>A peer that has sent all its messages, which have arrived.</summary>
    private static RawPeer Sending(int port, string type, string name)
    {
        var peer = RawPeer.ConnectTo(port);
        peer.Handshake(SocketKinds.PeerOf(type));
        Greet(peer, type);
        for (var i = 0; i < Rounds; i++)
            peer.Send((type == "REP" ? "01 00" : "") + "00 01" + name);
        peer.WaitUntilTaken();
        return peer;
    }

    /// <summary>Takes the subscription of a SUB.</summary>
    private static void Greet(RawPeer peer, string type)
    {
        if (type == "SUB")
            peer.Expect("04 0a 09 535542534352494245");
    }
}
