using System.Net;
using System.Net.Sockets;
using System.Text;
using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;
using Actors.Zmtp.Transports;

namespace Actors.Zmtp.Tests.Sockets;

/// <summary>Options that change what a peer or the system sees.</summary>
public class OptionTests
{
    [Fact]
    public void A_hello_message_is_the_first_that_each_new_connection_carries()
    {
        using RawListener listener = new();
        using DealerSocket ours = new();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Options.ReconnectInterval = TimeSpan.FromMilliseconds(10);
        ours.Options.HelloMessage = "hi"u8.ToArray();
        ours.Connect(listener.Endpoint);
        ours.SendFrame("a");
        using RawPeer first = RawPeer.Accept(listener);
        first.Handshake("ROUTER");
        first.Expect("00 02 6869" + "00 01 61");
        first.Dispose();
        using RawPeer second = RawPeer.Accept(listener);
        second.Handshake("ROUTER");
        second.Expect("00 02 6869");
    }

    [Fact]
    public void A_hello_message_goes_over_inproc_too()
    {
        using RouterSocket router = new();
        router.Options.HelloMessage = "from the router"u8.ToArray();
        router.Bind("inproc://hello");
        using DealerSocket dealer = new();
        dealer.Options.HelloMessage = "from the dealer"u8.ToArray();
        dealer.Connect("inproc://hello");
        Assert.Equal("from the dealer", router.ReceiveText()[1]);
        Assert.Equal(["from the router"], dealer.ReceiveText());
    }

    [Fact]
    public void Over_inproc_the_hello_message_of_the_bound_end_comes_without_a_call_of_its_owner()
    {
        using RouterSocket router = new();
        router.Options.HelloMessage = "from the router"u8.ToArray();
        router.Bind("inproc://hello-of-an-idle-router");
        using ServerSocket server = new();
        server.Options.HelloMessage = "from the server"u8.ToArray();
        server.Bind("inproc://hello-of-an-idle-server");
        using DealerSocket dealer = new();
        dealer.Connect("inproc://hello-of-an-idle-router");
        Assert.Equal(["from the router"], dealer.ReceiveText());
        using ClientSocket client = new();
        client.Connect("inproc://hello-of-an-idle-server");
        Assert.Equal("from the server", client.ReceiveText());
    }

    [Fact]
    public void Over_inproc_a_hello_message_comes_before_the_bind_as_after_it()
    {
        using DealerSocket dealer = new();
        dealer.Options.HelloMessage = "from the dealer"u8.ToArray();
        dealer.Connect("inproc://hello-first");
        using RouterSocket router = new();
        router.Options.HelloMessage = "from the router"u8.ToArray();
        router.Bind("inproc://hello-first");
        Assert.Equal(["from the router"], dealer.ReceiveText());
        Assert.Equal("from the dealer", router.ReceiveText()[1]);
    }

    [Theory]
    [InlineData("disconnect")]
    [InlineData("dispose")]
    public void Over_inproc_a_disconnect_message_is_received_after_all_that_the_peer_sent(string end)
    {
        using RouterSocket router = new();
        router.Options.DisconnectMessage = "gone"u8.ToArray();
        router.Bind("inproc://farewell");
        using DealerSocket dealer = new();
        dealer.Options.Identity = "me"u8.ToArray();
        dealer.Connect("inproc://farewell");
        dealer.SendText("a", "b");
        Assert.True(dealer.TrySendText("unfinished", more: true));
        End(dealer, end, "inproc://farewell");
        Assert.Equal(["me", "a", "b"], router.ReceiveText());
        Assert.Equal(["me", "gone"], router.ReceiveText());
        Assert.Null(router.TryReceiveText());
    }

    [Fact]
    public void Over_inproc_the_connecting_end_hears_of_the_end_of_the_bound_one()
    {
        RouterSocket bound = new();
        bound.Options.Identity = "bound"u8.ToArray();
        bound.Bind("inproc://farewell-of-the-bound");
        using RouterSocket router = new();
        router.Options.DisconnectMessage = "gone"u8.ToArray();
        router.Connect("inproc://farewell-of-the-bound");
        bound.Dispose();
        Assert.Equal(["bound", "gone"], router.ReceiveText());
    }

    [Fact]
    public void Over_inproc_a_SERVER_and_a_PEER_are_told_too()
    {
        using ServerSocket server = new();
        server.Options.DisconnectMessage = "gone"u8.ToArray();
        server.Bind("inproc://farewell-server");
        ClientSocket client = new();
        client.Connect("inproc://farewell-server");
        client.SendText("a");
        client.Dispose();
        Assert.Equal("a", server.ReceiveText());
        Assert.Equal("gone", server.ReceiveText());
        using PeerSocket peer = new();
        peer.Options.DisconnectMessage = "gone"u8.ToArray();
        peer.Bind("inproc://farewell-peer");
        PeerSocket other = new();
        other.Connect("inproc://farewell-peer");
        other.Dispose();
        Assert.Equal("gone", peer.ReceiveText()[1]);
    }

    private static void End(ZmqSocket socket, string how, string endpoint)
    {
        if (how == "dispose")
        {
            socket.Dispose();
        }
        else
        {
            socket.Disconnect(endpoint);
        }
    }

    [Fact]
    public void A_disconnect_message_is_received_when_a_peer_has_gone_after_all_that_it_sent()
    {
        using RouterSocket ours = new();
        ours.Options.DisconnectMessage = "gone"u8.ToArray();
        using RawPeer peer = RawPeer.ConnectTo(ours);
        peer.Handshake("DEALER", identity: "6d65");
        peer.Send("00 01 61" + "01 01 62");
        peer.Dispose();
        Assert.Equal(["me", "a"], ours.ReceiveText());
        Assert.Equal(["me", "gone"], ours.ReceiveText());
    }

    [Fact]
    public void Other_sockets_have_neither_message()
    {
        using PushSocket push = new();
        Assert.Throws<InvalidException>(() => push.Options.HelloMessage = [1]);
        using DealerSocket dealer = new();
        Assert.Throws<InvalidException>(() => dealer.Options.DisconnectMessage = [1]);
        Assert.Throws<InvalidException>(() => dealer.Options.RouterRawSocket = true);
        Assert.Throws<InvalidException>(() => dealer.Options.XPubBroadcast = true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_broadcast_does_not_come_back_to_its_sender(bool broadcast)
    {
        using XPublisherSocket xpub = new();
        xpub.Options.XPubBroadcast = broadcast;
        xpub.Bind("inproc://broadcast-" + broadcast);
        using XSubscriberSocket one = new();
        using XSubscriberSocket two = new();
        foreach (XSubscriberSocket sub in (XSubscriberSocket[])[one, two])
        {
            sub.Connect("inproc://broadcast-" + broadcast);
            sub.SendFrame([1, (byte)'t']);
        }

        one.SendFrame([2, (byte)'t']);
        byte[] received;
        do
        {
            received = xpub.ReceiveFrameBytes();
        }
        while (received[0] != 2);
        // Both subscriptions are in force: that of the second socket came before, or comes now.
        xpub.HasIn.ToString();
        xpub.SendFrame("t1");
        xpub.SendFrame("t2");
        Assert.Equal(["t1"], two.ReceiveText());
        Assert.Equal(["t2"], two.ReceiveText());
        Assert.Equal([broadcast ? "t2" : "t1"], one.ReceiveText());
    }

    [Fact]
    public void A_publisher_forgets_the_subscriptions_of_a_connection_that_was_lost()
    {
        using RawListener listener = new();
        using PublisherSocket ours = new();
        ours.Options.Linger = TimeSpan.Zero;
        ours.Options.ReconnectInterval = TimeSpan.FromMilliseconds(10);
        ours.Connect(listener.Endpoint);
        using RawPeer first = RawPeer.Accept(listener);
        first.Handshake("SUB");
        first.Send("04 0b 09 535542534352494245 61");
        SendUntil(ours, first, "a");
        first.Reset();
        using RawPeer second = RawPeer.Accept(listener);
        second.Handshake("SUB");
        second.Send("04 0b 09 535542534352494245 62");
        // What was published for the first subscriber and has not left is of its connection, and may still come.
        SendUntil(ours, second, "b");
        ours.SendFrame("a-last");
        ours.SendFrame("b-last");
        string text;
        do
        {
            text = Encoding.ASCII.GetString(second.ReadFrame().Body);
            Assert.NotEqual("a-last", text);
        }
        while (text != "b-last");
    }

    [Fact]
    public void TCP_keep_alive_is_set_on_the_socket_of_the_system()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        new TcpSettings
        {
            KeepAlive = true,
            KeepAliveCount = 3,
            KeepAliveIdle = TimeSpan.FromSeconds(7),
            KeepAliveInterval = TimeSpan.FromSeconds(2),
        }.Apply(socket);
        Assert.NotEqual(0, socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
        Assert.Equal(3, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount));
        Assert.Equal(7, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
        Assert.Equal(2, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval));
    }

    [Fact]
    public void The_options_of_TCP_are_those_of_the_settings()
    {
        using PushSocket ours = new();
        ours.Options.TcpKeepalive = true;
        ours.Options.TcpKeepaliveCnt = 3;
        ours.Options.TcpKeepaliveIdle = TimeSpan.FromSeconds(7);
        ours.Options.TcpKeepaliveInterval = TimeSpan.FromSeconds(2);
        ours.Options.Backlog = 5;
        ours.Options.ConnectTimeout = TimeSpan.FromSeconds(1);
        Assert.Equal(
            new TcpSettings
            {
                KeepAlive = true,
                KeepAliveCount = 3,
                KeepAliveIdle = TimeSpan.FromSeconds(7),
                KeepAliveInterval = TimeSpan.FromSeconds(2),
                Backlog = 5,
                ConnectTimeout = TimeSpan.FromSeconds(1),
            },
            ours.Core.Settings.Tcp);
    }

    [SkippableFact]
    public void Connections_that_are_accepted_and_made_are_kept_alive()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The timers of a connection are told by the tables of Linux.");
        using PullSocket pull = new();
        using PushSocket push = new();
        foreach (ZmqSocket socket in (ZmqSocket[])[pull, push])
        {
            socket.Options.TcpKeepalive = true;
            socket.Options.TcpKeepaliveIdle = TimeSpan.FromSeconds(110);
        }

        int port = pull.BindRandomPort("tcp://127.0.0.1");
        push.Connect($"tcp://127.0.0.1:{port}");
        push.SendFrame("a");
        Expect.Message(pull, "61");
        foreach (string end in (string[])["sport", "dport"])
        {
            Link.Repeat(
                () => SocketTable("-Htno", $"{end} = :{port}").Contains("(keepalive,1min", StringComparison.Ordinal),
                $"timer of the connection with {end} {port}");
        }
    }

    [SkippableFact]
    public void The_backlog_bounds_the_connections_that_wait_to_be_accepted()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "How many connections wait for a listener is told by the tables of Linux.");
        using PullSocket ours = new();
        ours.Options.Backlog = 17;
        int port = ours.BindRandomPort("tcp://127.0.0.1");
        Assert.Equal(17, ListenBacklog(port));
    }

    /// <summary>The send queue of a listening socket is its backlog.</summary>
    private static int ListenBacklog(int port)
        => int.Parse(SocketTable("-Hltn", $"sport = :{port}").Split(' ', StringSplitOptions.RemoveEmptyEntries)[2], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What ss(8) of iproute2 prints.</summary>
    private static string SocketTable(string options, string filter)
    {
        System.Diagnostics.ProcessStartInfo info = new("ss", $"{options} {filter}") { RedirectStandardOutput = true };
        try
        {
            using System.Diagnostics.Process ss = System.Diagnostics.Process.Start(info)!;
            string table = ss.StandardOutput.ReadToEnd();
            ss.WaitForExit();
            return table;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new SkipException("There is no ss (on Debian: apt-get install iproute2).");
        }
    }

    private static void SendUntil(PublisherSocket ours, RawPeer peer, string text)
    {
        Link.Repeat(
            () =>
            {
                ours.SendFrame(text);
                return peer.HasOctets(TimeSpan.FromMilliseconds(20));
            },
            $"message \"{text}\" for the subscriber");
    }
}
