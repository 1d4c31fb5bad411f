using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;

namespace Actors.Zmtp.Tests.Sockets;

/// <summary>PEER and CHANNEL.</summary>
public class PeerChannelTests
{
    [Fact]
    public void A_peer_writes_to_whom_it_connected_to_and_is_answered()
    {
        string endpoint = Link.FreeEndpoint();
        using PeerSocket asking = new();
        byte[] to = asking.ConnectPeer(endpoint);
        Expect.Sent(asking, Convert.ToHexString(to) + ",61");

        // It was sent before anybody was there.
        using PeerSocket answering = new("@" + endpoint);
        List<byte[]>? frames = null;
        Assert.True(answering.TryReceiveMultipartBytes(Frames.Timeout, ref frames));
        Assert.Equal([0x61], frames[1]);
        Assert.NotEqual(new byte[4], frames[0]);
        Expect.Sent(answering, Convert.ToHexString(frames[0]) + ",62");
        Expect.Message(asking, Convert.ToHexStringLower(to) + ",62");
    }

    [Fact]
    public void Each_peer_has_a_routing_id_of_its_own()
    {
        using PeerSocket socket = new();
        byte[][] ids = [.. Enumerable.Range(0, 3).Select(_ => socket.ConnectPeer(Link.FreeEndpoint()))];
        Assert.Equal(3, ids.Select(Convert.ToHexString).Distinct().Count());
        Assert.All(ids, id => Assert.Equal(4, id.Length));
    }

    [Fact]
    public void A_message_to_nobody_is_an_error()
    {
        using PeerSocket socket = new();
        Assert.Throws<HostUnreachableException>(() => socket.SendMoreFrame([0, 0, 0, 1]));
        Assert.Throws<InvalidException>(() => socket.SendMoreFrame([1]));
        Assert.Throws<InvalidException>(() => socket.SendFrame([0, 0, 0, 1]));
    }

    [Fact]
    public void A_message_of_several_frames_is_refused()
    {
        using PeerSocket socket = new();
        socket.SendMoreFrame(socket.ConnectPeer(Link.FreeEndpoint()));
        Assert.Throws<InvalidException>(() => socket.SendMoreFrame("a"));
        socket.SendFrame("a");
    }

    [Fact]
    public void A_peer_waits_for_a_queue_that_is_full()
    {
        using PeerSocket socket = new();
        socket.Options.Linger = TimeSpan.Zero;
        socket.Options.SendHighWatermark = 2;
        string endpoint = Link.FreeEndpoint();
        string to = Convert.ToHexString(socket.ConnectPeer(endpoint));
        Expect.Sent(socket, to + ",61");
        Expect.Sent(socket, to + ",62");
        Assert.False(socket.TrySendFrame(Convert.FromHexString(to), more: true));
        using PeerSocket reader = new("@" + endpoint);
        Expect.Sent(socket, to + ",63");
        foreach (string expected in (string[])["61", "62", "63"])
        {
            Assert.Equal(expected, Expect.Message(reader).Split(',')[1]);
        }
    }

    [Fact]
    public void A_peer_does_not_choose_its_routing_id()
    {
        using PeerSocket ours = new();
        using RawPeer peer = RawPeer.ConnectTo(ours);
        peer.Handshake("PEER", identity: "61626364");
        peer.Send("00 01 78");
        string[] frames = Expect.Message(ours).Split(',');
        Assert.NotEqual("61626364", frames[0]);
        Assert.Equal("78", frames[1]);
    }

    [Fact]
    public void A_peer_receives_from_all_in_turn()
    {
        using PeerSocket socket = new();
        string name = ThreadSafeText.InprocName();
        socket.Bind(name);
        PeerSocket[] peers = [new(), new()];
        foreach (PeerSocket peer in peers)
        {
            string to = Convert.ToHexString(peer.ConnectPeer(name));
            for (int i = 0; i < 3; i++)
            {
                Expect.Sent(peer, to + ",61");
            }
        }

        string[] order = [.. Enumerable.Range(0, 6).Select(_ => Expect.Message(socket))];
        Assert.All(Enumerable.Range(0, 5), i => Assert.NotEqual(order[i], order[i + 1]));
        Assert.All(peers, peer => peer.Dispose());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_channel_talks_both_ways(bool inproc)
    {
        using ChannelSocket one = new();
        using ChannelSocket other = new();
        string endpoint = inproc ? ThreadSafeText.InprocName() : Link.FreeEndpoint();
        one.Connect(endpoint);
        one.Send("before");
        other.Bind(endpoint);
        other.Send("there");
        Assert.Equal("before", other.ReceiveText());
        Assert.Equal("there", one.ReceiveText());
    }

    [Fact]
    public void A_channel_keeps_up_to_the_limit_and_then_waits()
    {
        string endpoint = Link.FreeEndpoint();
        using ChannelSocket socket = new();
        Assert.False(socket.TrySendText(TimeSpan.Zero, "nobody"));
        socket.Options.SendHighWatermark = 2;
        socket.Connect(endpoint);
        Assert.True(socket.TrySendText(TimeSpan.Zero, "0"));
        Assert.True(socket.TrySendText(TimeSpan.Zero, "1"));
        Assert.False(socket.TrySendText(TimeSpan.Zero, "one too many"));
        using ChannelSocket reader = new();
        reader.Bind(endpoint);
        Assert.Equal("0", reader.ReceiveText());
        Assert.Equal("1", reader.ReceiveText());
    }

    [Fact]
    public void A_channel_takes_a_new_peer_when_the_old_one_has_gone()
    {
        using ChannelSocket ours = new();
        int port = ours.BindRandomPort("tcp://127.0.0.1");
        for (int run = 0; run < 2; run++)
        {
            using RawPeer peer = RawPeer.ConnectTo(port);
            peer.Handshake("CHANNEL");
            peer.Send("00 01 61");
            Assert.Equal("a", ours.ReceiveText());
            ours.SendText("b");
            peer.Expect("00 01 62");
            peer.Reset();
            Link.Repeat(() => !ours.TrySendText(TimeSpan.Zero, "lost"), "end of the lost peer");
        }
    }
}
