using System.Net.Sockets;
using Actors.Zmtp.Tests.Interop;
using Actors.Zmtp.Tests.Protocol;
using Actors.Zmtp.Tests.Sockets;

namespace Actors.Zmtp.Tests.BytePeer;

/// <summary>Peers that want more than the settings of docs/zmtp/limits.md allow: each ends its own connection, and others are served.</summary>
public class LimitsBytesTests
{
    [Fact]
    public void A_handshake_that_comes_octet_by_octet_ends_with_its_timeout()
    {
        using var ours = new PullSocket();
        ours.Options.HandshakeTimeout = TimeSpan.FromMilliseconds(300);
        using var events = new EventRecorder(ours, SocketEvents.Disconnected);
        var port = Bind(ours);
        using var slow = RawPeer.ConnectTo(port);
        slow.Expect(RawPeer.FirstPart);
        try
        {
            foreach (var octet in Octets.Of(RawPeer.FirstPart + RawPeer.SecondPart))
            {
                slow.Send([octet]);
                slow.HasOctets(TimeSpan.FromMilliseconds(20));
            }
        }
        catch (SocketException)
        {
            // It was ended before the last octet, as it should.
        }

        Assert.Contains("0.3 s", events.Next(SocketEvents.Disconnected).Reason, StringComparison.Ordinal);
        using var good = RawPeer.ConnectTo(port);
        good.Handshake("PUSH");
        good.Send("00 01 61");
        Expect.Message(ours, "61");
    }

    [Fact]
    public void A_flood_of_handshakes_pushes_out_its_own()
    {
        using var ours = new PullSocket();
        ours.Options.MaxHandshakes = 10;
        var port = Bind(ours);
        using var before = RawPeer.ConnectTo(port);
        before.Handshake("PUSH");
        var flood = Enumerable.Range(0, 60).Select(_ => RawPeer.ConnectTo(port)).ToList();
        foreach (var pushedOut in flood[..50])
            pushedOut.ExpectEnd();
        using var good = RawPeer.ConnectTo(port);
        good.Handshake("PUSH");
        good.Send("00 01 61");
        Expect.Message(ours, "61");
        before.Send("00 01 62");
        Expect.Message(ours, "62");
        flood.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public void One_connection_too_many_is_closed_and_a_later_one_takes_a_free_place()
    {
        using var ours = new PullSocket();
        ours.Options.MaxConnections = 2;
        using var events = new EventRecorder(ours, SocketEvents.AcceptFailed | SocketEvents.Disconnected);
        var port = Bind(ours);
        using var first = RawPeer.ConnectTo(port);
        first.Handshake("PUSH");
        using var second = RawPeer.ConnectTo(port);
        second.Handshake("PUSH");
        using var third = RawPeer.ConnectTo(port);
        third.ExpectEnd();
        Assert.Contains("MaxConnections", events.Next(SocketEvents.AcceptFailed).Reason, StringComparison.Ordinal);
        first.Dispose();
        events.Next(SocketEvents.Disconnected);
        using var fourth = RawPeer.ConnectTo(port);
        fourth.Handshake("PUSH");
        fourth.Send("00 01 61");
        Expect.Message(ours, "61");
    }

    [Theory]
    [InlineData("06 0000000040000000", "a gigabyte is claimed")]
    [InlineData("06 ffffffffffffffff", "more than a long is claimed")]
    public void A_command_of_the_handshake_beyond_the_limit_ends_that_connection(string header, string what)
    {
        using var ours = new PullSocket();
        using var peer = RawPeer.ConnectTo(ours);
        peer.Send(RawPeer.FirstPart + RawPeer.SecondPart + header);
        peer.ExpectEnd();
        Assert.NotEmpty(what);
    }

    [Fact]
    public void A_command_beyond_the_limit_ends_that_connection_before_it_comes()
    {
        using var ours = new PullSocket();
        ours.Options.MaxCommandSize = 1024;
        using var events = new EventRecorder(ours, SocketEvents.Disconnected);
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake("PUSH");
        peer.Send("06 0000000000000401");
        peer.ExpectEnd();
        Assert.Contains("MaxCommandSize allows 1024", events.Next(SocketEvents.Disconnected).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_property_too_many_is_answered_with_an_ERROR()
    {
        using var ours = new PullSocket();
        ours.Options.MaxProperties = 3;
        using var peer = RawPeer.ConnectTo(ours);
        peer.Send(RawPeer.FirstPart);
        peer.Expect(RawPeer.FirstPart);
        peer.Send(RawPeer.SecondPart);
        peer.Expect(RawPeer.SecondPart);
        byte[] ready = [.. RawPeer.ReadyBody("PUSH"), .. Octets.Of("03 582d61 00000000 03 582d62 00000000")];
        peer.Send([0x04, (byte)ready.Length, .. ready]);
        var (_, body) = peer.ReadFrame();
        Assert.Equal("ERROR", System.Text.Encoding.ASCII.GetString(body.AsSpan(1, 5)));
        peer.ExpectEnd();
    }

    [Theory]
    [InlineData(nameof(SocketOptions.MaxSubscriptions))]
    [InlineData(nameof(SocketOptions.MaxSubscriptionBytes))]
    [InlineData(nameof(SocketOptions.MaxTopicSize))]
    public void Endless_subscriptions_and_topics_end_that_connection_and_no_other(string limit)
    {
        using var ours = new PublisherSocket();
        ours.Options.MaxSubscriptions = 100;
        ours.Options.MaxSubscriptionBytes = 2000;
        ours.Options.MaxTopicSize = 50;
        using var events = new EventRecorder(ours, SocketEvents.Disconnected);
        var port = Bind(ours);
        using var good = RawPeer.ConnectTo(port);
        good.Handshake("SUB");
        good.Send(Subscribe("g"));
        using var bad = RawPeer.ConnectTo(port);
        bad.Handshake("SUB");
        (int count, string format) = limit switch
        {
            nameof(SocketOptions.MaxSubscriptions) => (101, "{0}"),
            nameof(SocketOptions.MaxSubscriptionBytes) => (50, new string('x', 45) + "{0:000}"),
            _ => (1, new string('x', 51)),
        };
        for (var i = 0; i < count; i++)
            TrySend(bad, Subscribe(string.Format(System.Globalization.CultureInfo.InvariantCulture, format, i)));
        ServeUntilTheEndOf(bad, ours);
        Assert.Contains(limit, events.Next(SocketEvents.Disconnected).Reason, StringComparison.Ordinal);
        Expect.Sent(ours, "67");
        good.Expect("00 01 67");
    }

    [Fact]
    public void Subscriptions_that_nobody_receives_from_an_XPUB_are_held_to_the_limit()
    {
        using var ours = new XPublisherSocket();
        ours.Options.MaxSubscriptions = 100;
        ours.Options.XPubVerbose = true;
        using var events = new EventRecorder(ours, SocketEvents.Disconnected);
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake("SUB");
        for (var i = 0; i < 101; i++)
            TrySend(peer, Subscribe("always the same"));
        ServeUntilTheEndOf(peer, ours);
        Assert.Contains("nobody received", events.Next(SocketEvents.Disconnected).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void PINGs_whose_answers_are_not_read_end_that_connection()
    {
        using var ours = new PullSocket();
        ours.Options.SendBuffer = 4096;
        using var events = new EventRecorder(ours, SocketEvents.Disconnected);
        using var peer = RawPeer.ConnectTo(Bind(ours), receiveBuffer: 4096);
        peer.Handshake("PUSH");
        byte[] pings = [.. Enumerable.Repeat(Octets.Of("04 07 04 50494e47 0000"), 7000).SelectMany(ping => ping)];
        for (var i = 0; i < 1000 && TrySend(peer, pings); i++)
        {
        }

        Assert.Contains("PING", events.Next(SocketEvents.Disconnected).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Endless_frames_of_one_message_end_that_connection()
    {
        using var ours = new PullSocket();
        ours.Options.MaxReceiveBytes = 1_000_000;
        using var events = new EventRecorder(ours, SocketEvents.Disconnected);
        using var peer = RawPeer.ConnectTo(ours);
        peer.Handshake("PUSH");
        byte[] frame = [.. Octets.Of("03 0000000000004e20"), .. new byte[20_000]];
        for (var i = 0; i < 1000 && TrySend(peer, frame); i++)
        {
        }

        Assert.Contains("MaxReceiveBytes", events.Next(SocketEvents.Disconnected).Reason, StringComparison.Ordinal);
    }

    private static int Bind(ZmqSocket ours)
    {
        ours.Options.Linger = TimeSpan.Zero;
        return ours.BindRandomPort("tcp://127.0.0.1");
    }

    private static byte[] Subscribe(string topic)
    {
        byte[] body = [.. Octets.Of("09 535542534352494245"), .. System.Text.Encoding.ASCII.GetBytes(topic)];
        return [0x04, (byte)body.Length, .. body];
    }

    /// <summary>False when the connection has ended.</summary>
    private static bool TrySend(RawPeer peer, byte[] octets)
    {
        try
        {
            peer.Send(octets);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>A publisher looks at its subscriptions when it is used: until the peer is disconnected.</summary>
    private static void ServeUntilTheEndOf(RawPeer peer, ZmqSocket ours)
    {
        Link.Repeat(
            () =>
            {
                ours.Poll(PollEvents.PollIn, TimeSpan.FromMilliseconds(10));
                return peer.HasOctets(TimeSpan.FromMilliseconds(10));
            },
            "end of the connection");
        peer.ExpectEnd();
    }
}
