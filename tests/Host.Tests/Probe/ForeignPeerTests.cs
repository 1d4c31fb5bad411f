using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Actors.Host.Probe;
using Actors.Zmtp;
using Xunit.Abstractions;

namespace Host.Tests.Probe;

/// <summary>The probe at ports where no ZMTP socket is.</summary>
public sealed class ForeignPeerTests(ITestOutputHelper log)
{
    private async Task<ProbeReport> Run(string endpoint, TimeSpan? timeout = null)
    {
        var report = await Prober.Run(new ProbeSettings { Endpoint = endpoint, Timeout = timeout ?? TimeSpan.FromSeconds(20) }).WaitAsync(TimeSpan.FromSeconds(60));
        log.WriteLine(report.Sentence);
        Assert.False(report.Ok);
        Assert.DoesNotContain(report.Sentence, char.IsControl);
        return report;
    }

    /// <summary>A server that treats each connection so.</summary>
    private static (TcpListener Listener, string Endpoint) Serve(Func<NetworkStream, Task> talk)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ = Accept();
        return (listener, $"tcp://{listener.LocalEndpoint}");

        async Task Accept()
        {
            try
            {
                while (true) _ = Talk(await listener.AcceptTcpClientAsync());
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        async Task Talk(TcpClient client)
        {
            using (client)
            {
                try
                {
                    await talk(client.GetStream());
                }
                catch (Exception end) when (end is IOException or AuthenticationException)
                {
                    // The probe has gone.
                }
            }
        }
    }

    private static async Task ReadToEnd(Stream stream)
    {
        var buffer = new byte[256];
        while (await stream.ReadAsync(buffer) > 0)
        {
            // Whatever it is.
        }
    }

    private static Func<NetworkStream, Task> Banner(params byte[] bytes) => async stream =>
    {
        await stream.WriteAsync(bytes);
        await ReadToEnd(stream);
    };

    public static TheoryData<string, string> Banners => new()
    {
        { "SSH-2.0-OpenSSH_9.2p1\r\n", "SSH" },
        { "220 mail.example ESMTP Postfix\r\n", "SMTP" },
        { "HTTP/1.1 400 Bad Request\r\n\r\n", "HTTP" },
        { "+OK ready\r\n", "POP3" },
        { "* OK IMAP4rev1\r\n", "IMAP" },
        { "AMQP\0\0\t\u0001", "AMQP" },
        { "-ERR unknown command\r\n", "Redis" },
    };

    [Theory]
    [MemberData(nameof(Banners))]
    public async Task A_server_that_speaks_first_is_named(string banner, string name)
    {
        var (listener, endpoint) = Serve(Banner(Encoding.ASCII.GetBytes(banner)));
        using var server = listener;
        var report = await Run(endpoint);
        Assert.Equal((ProbeOutcome.NotZmtp, name), (report.Outcome, report.LooksLike));
    }

    [Fact]
    public async Task A_server_of_HTTP_that_waits_for_a_request_is_named()
    {
        var (listener, endpoint) = Serve(async stream =>
        {
            var reader = new StreamReader(stream, Encoding.Latin1);
            while (await reader.ReadLineAsync() is { Length: > 0 })
            {
                // The head of the request.
            }
            await stream.WriteAsync("HTTP/1.0 200 OK\r\n\r\n"u8.ToArray());
        });
        using var server = listener;
        var report = await Run(endpoint);
        Assert.Equal((ProbeOutcome.NotZmtp, "HTTP"), (report.Outcome, report.LooksLike));
    }

    [Fact]
    public async Task A_socket_that_greets_when_other_protocols_have_been_tried_answers()
    {
        byte[] ready = [5, .. "READY"u8, 11, .. "Socket-Type"u8, 0, 0, 0, 4, .. "PULL"u8];
        var connections = 0;
        var (listener, endpoint) = Serve(async stream =>
        {
            // As a process that is stopped for the first three: the connection for ZMTP, for HTTP and for TLS.
            if (Interlocked.Increment(ref connections) > 3) await stream.WriteAsync((byte[])[.. Greeting("NULL"), 4, (byte)ready.Length, .. ready]);
            await ReadToEnd(stream);
        });
        using var server = listener;

        var report = await Prober.Run(new ProbeSettings { Endpoint = endpoint, Timeout = TimeSpan.FromSeconds(12), Pings = 0 }).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal((ProbeOutcome.Answers, "PULL"), (report.Outcome, report.SocketType));
    }

    [Fact]
    public async Task A_server_of_TLS_is_named()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var (listener, endpoint) = Serve(async stream =>
        {
            await using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(certificate);
            await ReadToEnd(tls);
        });
        using var server = listener;
        var report = await Run(endpoint);
        Assert.Equal(ProbeOutcome.NotZmtp, report.Outcome);
        Assert.StartsWith("TLS", report.LooksLike, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_that_says_nothing_is_told_from_one_that_closes()
    {
        var (silent, silentEndpoint) = Serve(ReadToEnd);
        using var silentServer = silent;
        var (closing, closingEndpoint) = Serve(_ => Task.CompletedTask);
        using var closingServer = closing;

        var nothing = await Run(silentEndpoint, TimeSpan.FromSeconds(2));
        Assert.Equal(ProbeOutcome.Silent, nothing.Outcome);
        Assert.Contains("says nothing within 2 s", nothing.Sentence, StringComparison.Ordinal);
        Assert.Equal(ProbeOutcome.Closed, (await Run(closingEndpoint)).Outcome);
    }

    [Fact]
    public async Task A_closed_port_and_a_name_without_address_are_told()
    {
        using var reserved = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Assert.Equal(ProbeOutcome.Refused, (await Run($"tcp://{reserved.LocalEndPoint}")).Outcome);
        Assert.Equal(ProbeOutcome.NameNotResolved, (await Run("tcp://no-such-host.invalid:5555")).Outcome);
    }

    public static TheoryData<byte[]> Hostile => new()
    {
        new byte[] { 0xFF },
        new byte[] { 0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F },
        new byte[] { 0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 1 },
        new byte[] { 0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x01, 3, 1 },
        Greeting("NULL", 0x04, 0x05, 0x05, (byte)'R', (byte)'E', (byte)'A', (byte)'D'),
        Greeting("NULL", 0x06, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF),
        Greeting("NULL", 0x06, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF),
        Greeting("NULL", 0x00, 0x01, 0x41),
        Greeting("NULL", 0xF8, 0x01, 0x41),
        Greeting("NULL", 0x04, 0x02, 0xFF, 0xFF),
        Greeting("NULL", 0x04, 0x08, 0x05, (byte)'R', (byte)'E', (byte)'A', (byte)'D', (byte)'Y', 0x09, 0x01),
        Greeting("\u001b[31m"),
    };

    private static byte[] Greeting(string mechanism, params byte[] behind)
    {
        var greeting = new byte[64];
        greeting[0] = 0xFF;
        greeting[9] = 0x7F;
        (greeting[10], greeting[11]) = (3, 1);
        Encoding.ASCII.GetBytes(mechanism).CopyTo(greeting, 12);
        return [.. greeting, .. behind];
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_peer_that_breaks_the_rules_is_reported_and_never_ends_the_probe(byte[] bytes)
    {
        // Once closing behind its bytes, and once going on to say nothing.
        var (closing, closingEndpoint) = Serve(async stream =>
        {
            await stream.WriteAsync(bytes);
            stream.Socket.Shutdown(SocketShutdown.Send);
            await ReadToEnd(stream);
        });
        using var closingServer = closing;
        var (staying, stayingEndpoint) = Serve(Banner(bytes));
        using var stayingServer = staying;

        await Run(closingEndpoint, TimeSpan.FromSeconds(2));
        await Run(stayingEndpoint, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_READY_with_control_characters_does_not_reach_the_terminal()
    {
        byte[] name = [0x1B, .. "[2J"u8];
        byte[] body = [5, .. "READY"u8, 11, .. "Socket-Type"u8, 0, 0, 0, (byte)name.Length, .. name, 8, .. "Identity"u8, 0, 0, 0, 2, 0x1B, 0x07];
        var (listener, endpoint) = Serve(Banner([.. Greeting("NULL", 0x04, (byte)body.Length), .. body]));
        using var server = listener;
        var report = await Prober.Run(new ProbeSettings { Endpoint = endpoint });
        Assert.Equal(ProbeOutcome.Answers, report.Outcome);
        Assert.DoesNotContain(report.Sentence, char.IsControl);
        Assert.Contains("0x1b07", report.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tcp://127.0.0.1", "the port is missing")]
    [InlineData("tcp://*:5555", "no host to connect to")]
    [InlineData("inproc://here", "inproc ends at its process")]
    [InlineData("udp://127.0.0.1:5555", "the transport \"udp\" is not supported")]
    public async Task A_malformed_endpoint_is_an_error_of_the_command(string endpoint, string said)
    {
        var error = await Assert.ThrowsAnyAsync<ZmqException>(() => Prober.Run(new ProbeSettings { Endpoint = endpoint }));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }
}
