using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;
using Actors.Zmtp.Tests.Sockets;

namespace Actors.Zmtp.Tests.Conformance;

/// <summary>Clauses of RFC 41, 48, 49, 51, 52 and 37 about the thread-safe socket types, octet by octet.</summary>
public class ThreadSafeBytesTests
{
    private const string JoinA = "04 06 04 4a4f494e 61";
    private const string LeaveA = "04 07 05 4c45415645 61";

    [Theory]
    [InlineData("CLIENT")]
    [InlineData("SERVER")]
    [InlineData("GATHER")]
    [InlineData("CHANNEL")]
    public void A_message_of_several_frames_is_discarded_and_the_next_is_delivered(string type)
    {
        using ThreadSafeSocket ours = Create(type);
        using RawPeer peer = RawPeer.ConnectTo(ours.BindRandomPort("tcp://127.0.0.1"));
        peer.Handshake(PeerOf(type));
        peer.Send("01 01 61 01 01 62 00 01 63");
        peer.Send("00 01 64");
        Assert.Equal("d", ours.ReceiveText());
    }

    [Fact]
    public void A_PEER_discards_a_message_of_several_frames_and_delivers_the_next()
    {
        using PeerSocket ours = new();
        using RawPeer peer = RawPeer.ConnectTo(ours);
        peer.Handshake("PEER");
        peer.Send("01 01 61 00 01 63 00 01 64");
        Assert.Equal("64", Expect.Message(ours).Split(',')[1]);
    }

    [Theory]
    [InlineData("CLIENT")]
    [InlineData("SERVER")]
    [InlineData("SCATTER")]
    [InlineData("CHANNEL")]
    public void A_message_is_one_frame_as_it_was_given(string type)
    {
        using ThreadSafeSocket ours = Create(type);
        using RawPeer peer = RawPeer.ConnectTo(ours.BindRandomPort("tcp://127.0.0.1"));
        peer.Handshake(PeerOf(type));
        uint id = 0;
        if (type == "SERVER")
        {
            peer.Send("00 01 00");
            Assert.Equal("\0", ours.ReceiveText(out id, out _));
        }

        ours.SendText("ab", id);
        peer.Expect("00 02 6162");
    }

    [Fact]
    public void A_SCATTER_discards_what_comes()
    {
        using ScatterSocket ours = new();
        using RawPeer peer = RawPeer.ConnectTo(ours.BindRandomPort("tcp://127.0.0.1"));
        peer.Handshake("GATHER");
        peer.Send("00 01 61");
        ours.SendText("b");
        peer.Expect("00 01 62");
    }

    [Fact]
    public void A_RADIO_sends_group_and_body_to_who_joined_and_nothing_after_LEAVE()
    {
        using RadioSocket ours = new();
        using RawPeer peer = RawPeer.ConnectTo(ours.BindRandomPort("tcp://127.0.0.1"));
        peer.Handshake("DISH");
        peer.Send(JoinA);
        SendUntilHeard(ours, peer);
        peer.Expect("01 01 61 00 01 62");

        // When the other group is heard, the command before was heard too.
        peer.Send(LeaveA + "04 06 04 4a4f494e 63");
        Link.Repeat(
            () =>
            {
                ours.SendText("d", group: "a");
                ours.SendText("e", group: "c");
                return ReadFrames(peer) == "c,e";
            },
            "message to the second group alone");
    }

    [Fact]
    public void A_RADIO_discards_messages_of_dishes_and_delivers_no_commands()
    {
        using RadioSocket ours = new();
        using RawPeer peer = RawPeer.ConnectTo(ours.BindRandomPort("tcp://127.0.0.1"));
        peer.Handshake("DISH");
        peer.Send("00 02 0161" + "01 01 61 00 01 62" + JoinA);
        SendUntilHeard(ours, peer);
        peer.Expect("01 01 61 00 01 62");
        Assert.Throws<NotSupportedException>(() => ours.TryReceiveText());
    }

    [Theory]
    [InlineData("04 07 04 4a4f494e 6100")]
    [InlineData("06 0000000000000105 04 4a4f494e")]
    public void A_JOIN_whose_group_has_a_zero_or_256_octets_ends_the_connection(string join)
    {
        using RadioSocket ours = new();
        using RawPeer peer = RawPeer.ConnectTo(ours.BindRandomPort("tcp://127.0.0.1"));
        peer.Handshake("DISH");
        peer.Send(join);
        if (join.StartsWith("06", StringComparison.Ordinal))
        {
            peer.Send([.. Enumerable.Repeat((byte)'x', 256)]);
        }

        peer.ExpectEnd();
    }

    [Fact]
    public void A_DISH_that_joins_too_many_groups_is_disconnected()
    {
        using RadioSocket ours = new();
        ours.Options.MaxSubscriptions = 3;
        using RawPeer peer = RawPeer.ConnectTo(ours.BindRandomPort("tcp://127.0.0.1"));
        peer.Handshake("DISH");
        peer.Send(JoinA + JoinA + "04 06 04 4a4f494e 62 04 06 04 4a4f494e 63" + LeaveA);
        SendUntilHeard(ours, peer, "c");
        peer.Expect("01 01 63 00 01 62");
        peer.Send(JoinA + "04 06 04 4a4f494e 64");
        Link.Repeat(
            () =>
            {
                ours.SendText("b", group: "x");
                return peer.HasEnded(TimeSpan.FromMilliseconds(20));
            },
            "end of the connection");
    }

    [Fact]
    public void A_SERVER_greets_its_clients_and_is_told_of_their_end()
    {
        using ServerSocket ours = new();
        ours.Options.HelloMessage = "hello"u8.ToArray();
        ours.Options.DisconnectMessage = "gone"u8.ToArray();
        using RawPeer peer = RawPeer.ConnectTo(ours.BindRandomPort("tcp://127.0.0.1"));
        peer.Handshake("CLIENT");
        peer.Expect("00 05 68656c6c6f");
        peer.Send("00 01 61");
        Assert.Equal("a", ours.ReceiveText(out uint id, out _));
        peer.Reset();
        Assert.Equal("gone", ours.ReceiveText(out uint gone, out _));
        Assert.Equal(id, gone);
    }

    [Fact]
    public void A_DISH_tells_its_groups_and_then_each_change()
    {
        using DishSocket ours = new();
        ours.Join("a");
        using RawPeer peer = RawPeer.ConnectTo(ours.BindRandomPort("tcp://127.0.0.1"));
        peer.Handshake("RADIO");
        peer.Expect(JoinA);
        ours.Join("");
        peer.Expect("04 05 04 4a4f494e");
        ours.Leave("a");
        peer.Expect(LeaveA);
    }

    [Fact]
    public void A_DISH_delivers_two_frames_of_a_joined_group_and_nothing_else()
    {
        using DishSocket ours = new();
        ours.Join("a");
        using RawPeer peer = RawPeer.ConnectTo(ours.BindRandomPort("tcp://127.0.0.1"));
        peer.Handshake("RADIO");
        peer.Send("00 01 61" + "01 01 61 01 01 78 00 01 79" + "01 01 62 00 01 78" + "01 02 6161 00 01 78" + "01 01 61 00 02 7a7a");
        Assert.Equal("zz", ours.ReceiveText(out _, out string group));
        Assert.Equal("a", group);
    }

    [Theory]
    [InlineData("CLIENT", "CLIENT")]
    [InlineData("SERVER", "DEALER")]
    [InlineData("RADIO", "SUB")]
    [InlineData("GATHER", "PUSH")]
    [InlineData("CHANNEL", "PAIR")]
    public void A_peer_of_another_pattern_is_told_an_ERROR_and_disconnected(string type, string theirs)
    {
        using ThreadSafeSocket ours = Create(type);
        using RawPeer peer = RawPeer.ConnectTo(ours.BindRandomPort("tcp://127.0.0.1"));
        peer.Send(RawPeer.FirstPart + RawPeer.SecondPart);
        peer.Expect(RawPeer.FirstPart + RawPeer.SecondPart);
        byte[] ready = RawPeer.ReadyBody(theirs);
        peer.Send([0x04, (byte)ready.Length, .. ready]);
        (byte flags, byte[] body) = peer.ReadFrame();
        Assert.Equal(0x04, flags);
        Assert.Equal("ERROR", System.Text.Encoding.ASCII.GetString(body, 1, body[0]));
        peer.ExpectEnd();
    }

    private static ThreadSafeSocket Create(string type) => type switch
    {
        "CLIENT" => new ClientSocket(),
        "SERVER" => new ServerSocket(),
        "RADIO" => new RadioSocket(),
        "SCATTER" => new ScatterSocket(),
        "GATHER" => new GatherSocket(),
        _ => new ChannelSocket(),
    };

    private static string PeerOf(string type) => type switch
    {
        "CLIENT" => "SERVER",
        "SERVER" => "CLIENT",
        "SCATTER" => "GATHER",
        "GATHER" => "SCATTER",
        _ => type,
    };

    private static void SendUntilHeard(RadioSocket ours, RawPeer peer, string group = "a")
        => Link.Repeat(
            () =>
            {
                ours.SendText("b", group: group);
                return peer.HasOctets(TimeSpan.FromMilliseconds(20));
            },
            "message at the member");

    /// <summary>The messages that come at once, as groups and bodies.</summary>
    private static string ReadFrames(RawPeer peer)
    {
        List<string> frames = [];
        while (peer.HasOctets(TimeSpan.FromMilliseconds(50)))
        {
            frames.Add(System.Text.Encoding.ASCII.GetString(peer.ReadFrame().Body));
        }

        return string.Join(',', frames);
    }
}
