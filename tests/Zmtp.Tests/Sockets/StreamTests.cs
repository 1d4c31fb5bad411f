using System.Net;
using System.Net.Sockets;
using System.Text;
using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;
using Actors.Zmtp.Tests.Protocol;

namespace Actors.Zmtp.Tests.Sockets;

/// <summary>STREAM and raw ROUTER against peers that know no ZMTP.</summary>
public class StreamTests
{
    [Theory]
    [InlineData("STREAM")]
    [InlineData("ROUTER")]
    public void A_peer_is_told_when_it_comes_what_it_sends_and_when_it_goes(string type)
    {
        using ZmqSocket ours = Create(type);
        using RawPeer peer = RawPeer.ConnectTo(ours);
        byte[] id = Receive(ours, "");
        Assert.Equal(5, id.Length);
        Assert.Equal(0, id[0]);
        peer.Send(Encoding.ASCII.GetBytes("hello"));
        Assert.Equal(id, Receive(ours, "hello"));
        Send(ours, id, "world");
        peer.Expect(Octets.Hex("world"u8));
        peer.Dispose();
        Assert.Equal(id, Receive(ours, ""));
        Link.Repeat(() => !ours.HasIn && ours.GetStatistics().Pipes.Count == 0, "end of the pipe");
    }

    [Fact]
    public void Peers_have_routing_ids_of_their_own()
    {
        using StreamSocket ours = new();
        ours.Options.Linger = TimeSpan.Zero;
        int port = ours.BindRandomPort("tcp://127.0.0.1");
        using RawPeer one = RawPeer.ConnectTo(port);
        byte[] first = Receive(ours, "");
        using RawPeer two = RawPeer.ConnectTo(port);
        byte[] second = Receive(ours, "");
        Assert.NotEqual(first, second);
        Send(ours, second, "for two");
        Send(ours, first, "for one");
        one.Expect(Octets.Hex("for one"u8));
        two.Expect(Octets.Hex("for two"u8));
    }

    [Fact]
    public void An_empty_message_ends_the_connection_after_what_was_sent_before()
    {
        using StreamSocket ours = new();
        using RawPeer peer = RawPeer.ConnectTo(ours);
        byte[] id = Receive(ours, "");
        string much = new('x', 1_000_000);
        Send(ours, id, much);
        Send(ours, id, "");
        peer.Expect(Octets.Hex(Encoding.ASCII.GetBytes(much)));
        peer.ExpectEnd();
        Assert.Throws<HostUnreachableException>(() => Send(ours, id, "too late"));
        peer.Dispose();

        // There is no message about an end that the socket itself asked for.
        using RawPeer next = RawPeer.ConnectTo(int.Parse(ours.Options.LastEndpoint!.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.NotEqual(id, Receive(ours, ""));
    }

    [Fact]
    public void Frames_of_a_message_that_is_sent_as_a_whole_follow_each_other_without_headers()
    {
        using StreamSocket ours = new();
        using RawPeer peer = RawPeer.ConnectTo(ours);
        byte[] id = Receive(ours, "");
        string large = new('2', 20_000);
        Assert.Equal(SendResult.Sent, ours.TrySend([id, "one, "u8.ToArray(), Encoding.ASCII.GetBytes(large), ", three"u8.ToArray()]));
        peer.Expect(Octets.Hex(Encoding.ASCII.GetBytes("one, " + large + ", three")));
    }

    [Theory]
    [InlineData("STREAM", true)]
    [InlineData("ROUTER", true)]
    [InlineData("STREAM", false)]
    [InlineData("ROUTER", false)]
    public void Data_with_more_is_sent_at_once_and_a_routing_id_comes_next(string type, bool bound)
    {
        using ZmqSocket ours = Create(type);
        using RawListener listener = new();
        if (!bound)
        {
            ours.Connect(listener.Endpoint);
        }

        using RawPeer peer = bound ? RawPeer.ConnectTo(ours) : RawPeer.Accept(listener);
        byte[] id = Receive(ours, "");
        ours.SendMoreFrame(id).SendMoreFrame("one");
        peer.Expect(Octets.Hex("one"u8));
        ours.SendMoreFrame(id).SendMoreFrame("two");
        peer.Expect(Octets.Hex("two"u8));
        Assert.Equal(SendResult.Sent, ours.TrySend([id, "three"u8.ToArray()]));
        peer.Expect(Octets.Hex("three"u8));
        if (type == "STREAM")
        {
            ours.SendMoreFrame(id).SendMoreFrame("four");
            Assert.Throws<HostUnreachableException>(() => ours.SendMoreFrame("no routing id"));
            peer.Expect(Octets.Hex("four"u8));
        }
    }

    [Fact]
    public void An_empty_frame_with_more_ends_the_connection_at_once()
    {
        using StreamSocket ours = new();
        using RawPeer peer = RawPeer.ConnectTo(ours);
        byte[] id = Receive(ours, "");
        ours.SendMoreFrame(id).SendMoreFrame("");
        peer.ExpectEnd();
    }

    [Fact]
    public void A_connecting_socket_knows_the_routing_id_at_once()
    {
        using RawListener listener = new();
        using StreamSocket ours = new();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Connect(listener.Endpoint);
        byte[] id = ours.Options.Identity!;
        Send(ours, id, "early");
        using RawPeer peer = RawPeer.Accept(listener);
        peer.Expect(Octets.Hex("early"u8));
        Assert.Equal(id, Receive(ours, ""));
    }

    [Fact]
    public void A_lost_connection_is_made_again_with_another_routing_id_and_nothing_left_of_the_old_one()
    {
        using RawListener listener = new();
        using StreamSocket ours = new();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Options.ReconnectInterval = TimeSpan.FromMilliseconds(10);
        ours.Connect(listener.Endpoint);
        using RawPeer first = RawPeer.Accept(listener);
        byte[] before = Receive(ours, "");
        first.Reset();
        Assert.Equal(before, Receive(ours, ""));
        using RawPeer second = RawPeer.Accept(listener);
        byte[] after = Receive(ours, "");
        Assert.NotEqual(before, after);
        Assert.Throws<HostUnreachableException>(() => Send(ours, before, "old"));
        Send(ours, after, "new");
        second.Expect(Octets.Hex("new"u8));
    }

    [Fact]
    public void A_peer_that_does_not_read_stops_the_sender_at_its_high_water_mark()
    {
        using StreamSocket ours = new();
        ours.Options.SendHighWatermark = 5;
        ours.Options.SendBuffer = 4096;
        ours.Options.Linger = TimeSpan.Zero;
        using RawPeer peer = RawPeer.ConnectTo(ours.BindRandomPort("tcp://127.0.0.1"), receiveBuffer: 4096);
        byte[] id = Receive(ours, "");
        byte[] data = new byte[100_000];
        int sent = 0;
        while (sent < 1000 && ours.TrySendFrame(TimeSpan.FromMilliseconds(200), id, more: true))
        {
            ours.SendFrame(data);
            sent++;
        }

        Assert.InRange(sent, 5, 100);
    }

    [Fact]
    public void A_flood_waits_in_the_network_when_nobody_receives()
    {
        using StreamSocket ours = new();
        ours.Options.ReceiveHighWatermark = 10;
        using RawPeer peer = RawPeer.ConnectTo(ours);
        peer.Send(new byte[300_000]);
        byte[] id = Receive(ours, "");
        long received = 0;
        while (received < 300_000)
        {
            Assert.InRange(Assert.Single(ours.GetStatistics().Pipes).QueuedIn, 0, 11);
            List<byte[]> frames = ours.ReceiveMultipartBytes();
            Assert.Equal(id, frames[0]);
            received += frames[1].Length;
        }
    }

    [Fact]
    public async Task An_HTTP_client_gets_an_answer()
    {
        using StreamSocket ours = new();
        int port = ours.BindRandomPort("tcp://127.0.0.1");
        using HttpClient client = new() { Timeout = Frames.Timeout };
        Task<string> answer = client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/page"));
        byte[] id = Receive(ours, "");
        StringBuilder request = new();
        while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            request.Append(Encoding.ASCII.GetString(ReceiveFrames(ours)[1]));
        }

        Assert.StartsWith("GET /page HTTP/1.1", request.ToString(), StringComparison.Ordinal);
        Send(ours, id, "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nHello");
        Send(ours, id, "");
        Assert.Equal("Hello", await answer.Within("answer to the request"));
    }

    [Theory]
    [InlineData("inproc://raw")]
    [InlineData("ipc:///tmp/raw")]
    public void Other_transports_than_tcp_are_refused(string endpoint)
    {
        using StreamSocket ours = new();
        Assert.Throws<ProtocolNotSupportedException>(() => ours.Bind(endpoint));
        Assert.Throws<ProtocolNotSupportedException>(() => ours.Connect(endpoint));
    }

    [Fact]
    public void Two_of_ours_talk()
    {
        using StreamSocket server = new();
        int port = server.BindRandomPort("tcp://127.0.0.1");
        using StreamSocket client = new($">tcp://127.0.0.1:{port}");
        byte[] there = client.Options.Identity!;
        Assert.Equal(there, Receive(client, ""));
        byte[] here = Receive(server, "");
        Send(client, there, "ping");
        Assert.Equal(here, Receive(server, "ping"));
        Send(server, here, "pong");
        Assert.Equal(there, Receive(client, "pong"));
        client.Dispose();
        Assert.Equal(here, Receive(server, ""));
    }

    private static ZmqSocket Create(string type)
    {
        if (type == "STREAM")
        {
            return new StreamSocket();
        }

        RouterSocket router = new();
        router.Options.RouterRawSocket = true;
        return router;
    }

    private static void Send(ZmqSocket socket, byte[] id, string data) => socket.SendMoreFrame(id).SendFrame(Encoding.ASCII.GetBytes(data));

    private static byte[] Receive(ZmqSocket socket, string data)
    {
        List<byte[]> frames = ReceiveFrames(socket);
        Assert.Equal(2, frames.Count);
        Assert.Equal(data, Encoding.ASCII.GetString(frames[1]));
        return frames[0];
    }

    private static List<byte[]> ReceiveFrames(ZmqSocket socket)
    {
        List<byte[]>? frames = null;
        Assert.True(socket.TryReceiveMultipartBytes(Frames.Timeout, ref frames), $"Nothing was received within {Frames.Timeout}.");
        return frames!;
    }
}
