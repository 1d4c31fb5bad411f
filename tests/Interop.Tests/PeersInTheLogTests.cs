using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests;

/// <summary>What an operator of the host reads of its peers: who comes and leaves, who is not let in and why, and who is missing.</summary>
/// <remarks>The engine netmq knows addresses, and neither socket types nor reasons.</remarks>
public sealed partial class PeersInTheLogTests(ITestOutputHelper log)
{
    private const string NoHandshakes = "does not tell handshakes from connections, nor why they end";

    private readonly ITestOutputHelper _log = log;

    private static string Properties(string known) => EngineUnderTest.IsZmtp ? $" ({known})" : "";

    private static string Reason(string why) => EngineUnderTest.IsZmtp ? why : "no reason is known";

    private Task<(HostProcess Host, string Endpoint)> Pull(params string[] overrides) =>
        HostProcess.StartRole(_log, "pipeline.conf", "pull", ["roles.pull.bind=\"tcp://127.0.0.1:0\"", .. overrides]);

    /// <summary>A host with the default log level, at which connections that work are not told.</summary>
    private (HostProcess Host, string Endpoint) QuietPull()
    {
        var endpoint = HostProcess.FreeEndpoint();
        return (HostProcess.Start(_log, HostProcess.Config("pipeline.conf"), "--role", "pull", "--set", $"roles.pull.bind=\"{endpoint}\""), endpoint);
    }

    private PythonPeer Connections(string endpoint, string type, int count, params string[] options) =>
        PythonPeer.Connect(_log, "connections", endpoint, [type, count.ToString(CultureInfo.InvariantCulture), .. options]);

    [SkippableFact]
    public async Task A_peer_that_connects_and_leaves_is_told()
    {
        var (host, endpoint) = await Pull();
        await using var ours = host;
        await using var peer = Connections(endpoint, "PUSH", 1);
        var came = await host.Expect($"at {endpoint} connected{Properties("PUSH, NULL")}; 1 connected now");
        Assert.Matches("info \\[pull\\] pull: peer .*127.0.0.1:[0-9]+ at ", came);

        await peer.WriteLine("close");
        await host.Expect($"at {endpoint} left{Properties("PUSH, NULL")}: {Reason("the peer closed the connection")}; 0 connected now");
    }

    [SkippableFact]
    public async Task A_peer_that_is_killed_is_told()
    {
        var (host, endpoint) = await Pull();
        await using var ours = host;
        await using var peer = Connections(endpoint, "PUSH", 1);
        await host.Expect(" connected");

        await peer.Kill();

        var left = await host.Expect(" left");
        Assert.Equal(!EngineUnderTest.IsZmtp, left.Contains("no reason is known", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_peer_that_does_not_answer_heartbeats_is_told_with_that_reason()
    {
        EngineUnderTest.NeedsZmtp("does not tell why a connection ended");
        var (host, endpoint) = await Pull("roles.pull.heartbeat-interval=200ms");
        await using var ours = host;
        await using var peer = Connections(endpoint, "PUSH", 1);
        await host.Expect(" connected");

        peer.Signal("STOP");

        await host.Expect("left (PUSH, NULL): heartbeat timed out: nothing was heard of the peer within 200 ms of a PING; 0 connected now");
    }

    [SkippableFact]
    public async Task The_routing_id_of_a_client_is_told()
    {
        EngineUnderTest.NeedsZmtp("does not tell routing ids");
        var (host, endpoint) = await HostProcess.StartRole(_log, "request-reply.conf", "server", "roles.server.bind=\"tcp://127.0.0.1:0\"");
        await using var ours = host;
        await using var peer = Connections(endpoint, "REQ", 1, "id=client-7");
        await host.Expect("connected (REQ, NULL, routing id \"client-7\"); 1 connected now");
    }

    [SkippableFact]
    public async Task A_peer_that_comes_back_is_told_with_the_tries_between()
    {
        var (first, endpoint) = await PythonPeer.Bind(_log, "pull");
        await using var killed = first;
        await using var host = HostProcess.Start(
            _log, HostProcess.Config("pipeline.conf"), "--role", "push", "--set", "akka.loglevel=INFO", "--set", $"roles.push={{ bind = null, connect = \"{endpoint}\", source = null }}");
        await host.Expect($"{Address(endpoint)} connected{Properties("PULL, NULL")}; 1 connected now");

        await first.Kill();
        await host.Expect($"{Address(endpoint)} left");
        await host.Expect($"no connection to {endpoint}");

        await using var second = PythonPeer.Start(_log, "pull", "bind", endpoint);
        await host.Expect($"{Address(endpoint)} connected{Properties("PULL, NULL")}; 1 connected now");
    }

    [SkippableFact]
    public async Task A_wrong_socket_type_is_a_warning_with_address_and_reason()
    {
        EngineUnderTest.NeedsZmtp(NoHandshakes);
        var (host, endpoint) = QuietPull();
        await using var ours = host;
        await using var peer = Connections(endpoint, "SUB", 1);
        var line = await host.Expect("the peer's socket type SUB does not fit PULL");
        Assert.Matches($@"warning \[pull\] pull: the handshake with tcp://127.0.0.1:[0-9]+ at {endpoint} failed: ", line);
    }

    [SkippableFact]
    public async Task Another_mechanism_is_a_warning_with_address_and_reason()
    {
        EngineUnderTest.NeedsZmtp(NoHandshakes);
        var (host, endpoint) = QuietPull();
        await using var ours = host;
        await using var peer = Connections(endpoint, "PUSH", 1, "curve");
        var line = await host.Expect("the peer's security mechanism is \"CURVE\", ours is \"NULL\"");
        Assert.Matches($@"warning \[pull\] pull: the handshake with tcp://127.0.0.1:[0-9]+ at {endpoint} failed: ", line);
    }

    [SkippableFact]
    public async Task Garbage_is_a_warning_with_address_and_reason_and_summed_up()
    {
        EngineUnderTest.NeedsZmtp(NoHandshakes);
        var (host, endpoint) = await Pull();
        await using var ours = host;
        for (var i = 0; i < 50; i++)
        {
            using var peer = new TcpClient();
            await peer.ConnectAsync("127.0.0.1", new Uri(endpoint).Port);
            await peer.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n                                   "u8.ToArray());
            // Until the host has closed the connection.
            await Closed(peer.GetStream());
        }
        host.Terminate();
        var (_, rest) = await host.End();
        var lines = host.Seen.Concat(rest).Where(line => line.Contains("no ZMTP", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, lines.Count);
        Assert.Contains("the handshake failed 47 more times within", lines[3], StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task On_netmq_a_peer_of_the_wrong_type_is_one_that_comes_and_leaves()
    {
        Skip.If(EngineUnderTest.IsZmtp, "the engine zmtp tells handshakes");
        var (host, endpoint) = await Pull();
        await using var ours = host;
        await using var peer = Connections(endpoint, "SUB", 1);
        await host.Expect(" connected; ");
        await host.Expect(" left: no reason is known");
    }

    [SkippableFact]
    public async Task Five_hundred_peers_at_once_are_a_few_lines_with_their_sum()
    {
        const int count = 500;
        var (host, endpoint) = await Pull();
        await using var ours = host;
        await using var peer = Connections(endpoint, "PUSH", count);
        await peer.Expect("connecting");
        // Told 10 s after the first.
        var sum = await host.Expect(" more peers connected within ");
        await peer.WriteLine("close");
        await peer.Expect("closed");
        host.Terminate();
        var (_, rest) = await host.End();

        var lines = host.Seen.Concat(rest).ToList();
        Assert.InRange(lines.Count(line => line.Contains(" peer", StringComparison.Ordinal)), 5, 12);
        var counted = lines.Sum(line => Sum().Match(line) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : One().Count(line));
        Assert.Equal(count, counted);
        Assert.Contains($"; {count} connected now", sum, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Messages_that_wait_5_s_for_a_peer_are_a_warning_and_the_peer_that_comes_ends_it()
    {
        var endpoint = HostProcess.FreeEndpoint();
        await using var host = HostProcess.Start(
            _log, HostProcess.Config("pipeline.conf"), "--role", "push", "--set", $"roles.push={{ bind = null, connect = \"{endpoint}\", source = {{ interval = 1ms, count = 25 }} }}");
        Assert.Contains("warning [push] push: no peer for 5 s; 25 messages wait", await host.Expect("no peer for"), StringComparison.Ordinal);

        await using var peer = PythonPeer.Start(_log, "pull", "bind", endpoint);
        Assert.Matches(@"warning \[push\] push: has a peer after [0-9.]+ s; 25 messages waited", await host.Expect("has a peer after"));
    }

    private static string Address(string endpoint) => EngineUnderTest.IsZmtp ? endpoint : endpoint["tcp://".Length..];

    private static async Task Closed(NetworkStream stream)
    {
        using var patience = new CancellationTokenSource(PeerProcess.Patience);
        try
        {
            while (await stream.ReadAsync(new byte[256], patience.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Reset instead of closed: it ended all the same.
        }
    }

    [GeneratedRegex(@"pull: (\d+) more peers connected within")]
    private static partial Regex Sum();

    [GeneratedRegex(@" connected( \(PUSH, NULL\))?; \d+ connected now")]
    private static partial Regex One();
}
