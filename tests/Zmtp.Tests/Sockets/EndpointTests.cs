using System.Diagnostics;
using System.Net.Sockets;

namespace Actors.Zmtp.Tests.Sockets;

public class EndpointTests
{
    [Fact]
    public void A_port_that_is_taken_is_an_error_and_free_after_unbind_and_dispose()
    {
        PullSocket first = new();
        int port = first.BindRandomPort("tcp://127.0.0.1");
        using PullSocket second = new();
        AddressAlreadyInUseException e = Assert.Throws<AddressAlreadyInUseException>(() => second.Bind($"tcp://127.0.0.1:{port}"));
        Assert.Contains($"tcp://127.0.0.1:{port}", e.Message, StringComparison.Ordinal);
        first.Unbind($"tcp://127.0.0.1:{port}");
        second.Bind($"tcp://127.0.0.1:{port}");
        second.Unbind($"tcp://127.0.0.1:{port}");
        first.Bind($"tcp://127.0.0.1:{port}");
        first.Dispose();
        second.Bind($"tcp://127.0.0.1:{port}");
    }

    [Fact]
    public void A_name_of_inproc_that_is_taken_is_an_error()
    {
        using PullSocket first = new();
        first.Bind("inproc://taken");
        using PullSocket second = new();
        Assert.Throws<AddressAlreadyInUseException>(() => second.Bind("inproc://taken"));
        first.Dispose();
        second.Bind("inproc://taken");
    }

    [Theory]
    [InlineData("tcp://127.0.0.1:0", "tcp://127.0.0.1:")]
    [InlineData("tcp://*:0", "tcp://0.0.0.0:")]
    [InlineData("tcp://localhost:0", "tcp://127.0.0.1:")]
    [InlineData("tcp://lo:0", "tcp://127.0.0.1:")]
    [InlineData("tcp://[::1]:0", "tcp://[::1]:")]
    [InlineData("inproc://last-endpoint", "inproc://last-endpoint")]
    public void LastEndpoint_tells_the_real_address(string address, string begins)
    {
        Skip(address);
        using PullSocket pull = new();
        pull.Bind(address);
        Assert.StartsWith(begins, pull.Options.LastEndpoint, StringComparison.Ordinal);
        using PushSocket push = new();
        push.Connect(pull.Options.LastEndpoint!.Replace("0.0.0.0", "localhost", StringComparison.Ordinal));
        push.SendText("through");
        Assert.Equal(["through"], pull.ReceiveText());

        static void Skip(string address)
        {
            if (address.Contains("::", StringComparison.Ordinal) && !Socket.OSSupportsIPv6)
            {
                return;
            }
        }
    }

    [Theory]
    [InlineData("tcp://[::]", true)]
    [InlineData("tcp://[::]", false)]
    [InlineData("tcp://*", false)]
    [InlineData("ws://[::]", true)]
    [InlineData("ws://*", false)]
    public void Every_address_of_IPv6_takes_peers_of_IPv4_which_are_shown_by_their_IPv4_address(string address, bool ipv4Only)
    {
        using PullSocket pull = new();
        pull.Options.IPv4Only = ipv4Only;
        using EventRecorder events = new(pull);
        int port = pull.BindRandomPort(address);
        string scheme = address[..address.IndexOf(':', StringComparison.Ordinal)];
        Assert.StartsWith($"{scheme}://[::]:{port}", pull.Options.LastEndpoint, StringComparison.Ordinal);
        foreach (string host in (string[])["127.0.0.1", "[::1]"])
        {
            using PushSocket push = new();
            push.Connect($"{scheme}://{host}:{port}");
            push.SendText(host);
            Assert.Equal([host], pull.ReceiveText());
            Assert.StartsWith($"{scheme}://{host}:", events.Await(SocketEvents.HandshakeSucceeded).PeerAddress, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("tcp://*:{0}", "tcp://[::]:{0}")]
    [InlineData("tcp://[::]:{0}", "tcp://*:{0}")]
    [InlineData("tcp://0.0.0.0:{0}", "tcp://[::]:{0}")]
    [InlineData("tcp://[::]:{0}", "tcp://127.0.0.1:{0}")]
    [InlineData("tcp://*:{0}", "tcp://[::1]:{0}")]
    public void Two_endpoints_of_which_one_listens_everywhere_are_one_too_many_as_with_libzmq(string first, string second)
    {
        using PullSocket pull = new();
        pull.Options.IPv4Only = false;
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        pull.Unbind(pull.Options.LastEndpoint!);
        pull.Bind(string.Format(System.Globalization.CultureInfo.InvariantCulture, first, port));
        Assert.Throws<AddressAlreadyInUseException>(() => pull.Bind(string.Format(System.Globalization.CultureInfo.InvariantCulture, second, port)));
    }

    [Fact]
    public void Dual_stack_listens_on_both()
    {
        if (!Socket.OSSupportsIPv6)
        {
            return;
        }

        using PullSocket pull = new();
        pull.Options.IPv4Only = false;
        int port = pull.BindRandomPort("tcp://*");
        foreach (string host in (string[])["127.0.0.1", "[::1]"])
        {
            using PushSocket push = new();
            push.Connect($"tcp://{host}:{port}");
            push.SendText(host);
            Assert.Equal([host], pull.ReceiveText());
        }
    }

    [Fact]
    public void Constructors_bind_and_connect_by_sign_and_by_default()
    {
        using PullSocket pull = new("@inproc://sign-a, inproc://sign-b");
        using PushSocket one = new(">inproc://sign-a");
        using PushSocket two = new("inproc://sign-b");
        one.SendText("one");
        Assert.Equal(["one"], pull.ReceiveText());
        two.SendText("two");
        Assert.Equal(["two"], pull.ReceiveText());
    }

    [Theory]
    [InlineData("udp://127.0.0.1:5555")]
    public void A_transport_that_is_not_supported_is_named(string endpoint)
    {
        using PullSocket pull = new();
        ProtocolNotSupportedException e = Assert.Throws<ProtocolNotSupportedException>(() => pull.Bind(endpoint));
        Assert.Contains(endpoint, e.Message, StringComparison.Ordinal);
        Assert.Throws<ProtocolNotSupportedException>(() => pull.Connect(endpoint));
    }

    [Fact]
    public void Endpoints_that_were_never_made_cannot_be_ended()
    {
        using PullSocket pull = new();
        Assert.Throws<EndpointNotFoundException>(() => pull.Unbind("tcp://127.0.0.1:5555"));
        Assert.Throws<EndpointNotFoundException>(() => pull.Disconnect("tcp://127.0.0.1:5555"));
    }

    [Fact]
    public void A_disconnected_endpoint_gets_no_more_messages()
    {
        using PullSocket one = new("@inproc://disconnect-1");
        using PullSocket two = new("@inproc://disconnect-2");
        using PushSocket push = new(">inproc://disconnect-1,>inproc://disconnect-2");
        push.Disconnect("inproc://disconnect-1");
        for (int i = 0; i < 4; i++)
        {
            push.SendText(i.ToString());
            Assert.Equal([i.ToString()], two.ReceiveText());
        }

        Assert.Null(one.TryReceiveText());
    }

    [Fact]
    public void A_disposed_socket_says_so()
    {
        PushSocket push = new();
        push.Dispose();
        push.Dispose();
        Assert.True(push.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => push.TrySendText("x"));
        Assert.Throws<ObjectDisposedException>(() => push.Connect("inproc://x"));
    }

    [Fact]
    public void Peers_may_come_and_go_in_any_order_and_none_needs_a_restart()
    {
        using PushSocket push = new();
        push.Options.ReconnectInterval = TimeSpan.FromMilliseconds(10);
        PullSocket pull = new();
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        push.Connect($"tcp://127.0.0.1:{port}");
        for (int i = 0; i < 10; i++)
        {
            // What is on its way when a peer dies may be lost, so it is sent until one arrives.
            string? text = null;
            for (int attempt = 0; text is null; attempt++)
            {
                Assert.True(attempt < 100, "The connection never came back.");
                push.TrySendText($"round {i}");
                text = pull.TryReceiveText(TimeSpan.FromMilliseconds(200));
            }

            Assert.StartsWith("round", text, StringComparison.Ordinal);
            pull.Dispose();
            pull = new PullSocket();
            pull.Bind($"tcp://127.0.0.1:{port}");
        }

        pull.Dispose();
    }

    [Fact]
    public async Task A_port_is_free_again_at_once_while_the_process_starts_others()
    {
        using CancellationTokenSource done = new();
        Task starts = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                using Process child = Process.Start(new ProcessStartInfo(OperatingSystem.IsWindows() ? "where.exe" : "true") { RedirectStandardOutput = true })!;
                child.WaitForExit();
            }
        });
        try
        {
            PullSocket pull = new();
            string endpoint = $"tcp://127.0.0.1:{pull.BindRandomPort("tcp://127.0.0.1")}";
            for (int i = 0; i < 300; i++)
            {
                pull.Dispose();
                pull = new PullSocket("@" + endpoint);
            }

            pull.Dispose();
        }
        finally
        {
            await done.CancelAsync();
            await starts;
        }
    }

    [Fact]
    public void Messages_that_wait_for_a_peer_outlive_its_restart()
    {
        using PullSocket probe = new();
        int port = probe.BindRandomPort("tcp://127.0.0.1");
        probe.Dispose();
        using PushSocket push = new();
        push.Options.ReconnectInterval = TimeSpan.FromMilliseconds(10);
        push.Options.ReconnectIntervalMax = TimeSpan.FromMilliseconds(80);
        push.Connect($"tcp://127.0.0.1:{port}");
        for (int i = 0; i < 500; i++)
        {
            push.SendText(i.ToString());
        }

        using PullSocket pull = new();
        pull.Bind($"tcp://127.0.0.1:{port}");
        for (int i = 0; i < 500; i++)
        {
            Assert.Equal([i.ToString()], pull.ReceiveText());
        }
    }
}
