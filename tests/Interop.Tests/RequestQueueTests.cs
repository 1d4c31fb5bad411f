using System.Globalization;
using System.Text.RegularExpressions;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests;

/// <summary>config/request-reply-queue.conf with clients and servers of both kinds, some of them killed.</summary>
public sealed partial class RequestQueueTests(ITestOutputHelper log)
{
    private const string File = "request-reply-queue.conf";

    /// <summary>A queue host, and where its clients and its servers connect.</summary>
    private async Task<(HostProcess Host, string Clients, string Servers)> StartQueue(params string[] overrides)
    {
        var clients = HostProcess.FreeEndpoint();
        var servers = HostProcess.FreeEndpoint();
        var (host, _) = await HostProcess.StartRole(log, File, "queue", [$"roles.queue.clients.bind={clients}", $"roles.queue.servers.bind={servers}", .. overrides]);
        return (host, clients, servers);
    }

    private Task<(HostProcess Host, string Endpoint)> StartServer(string queue, string name, params string[] overrides) => HostProcess.StartRole(
        log, File, name, [$"roles.{name}.queue.connect=\"{queue}\"", .. overrides]);

    private Task<(HostProcess Host, string Endpoint)> StartClient(string queue, params string[] overrides) => HostProcess.StartRole(
        log, File, "client", [$"roles.client.connect=\"{queue}\"", .. overrides]);

    /// <summary>The keys of a client that sends the lines of a file, some at once, and stops when each has ended.</summary>
    private static string[] Lines(string path) =>
    [
        "host.stop-when-done=on", "host.stop-timeout=30s", "roles.client.max-in-flight=8",
        $"roles.client.source={{ type = lines, text = null, interval = null, path = \"{path}\" }}",
    ];

    [GeneratedRegex(@"(?:^|: )(\d+)$")]
    private static partial Regex Number();

    [Fact]
    public async Task The_shipped_file_runs_in_one_process()
    {
        var clients = HostProcess.FreeEndpoint();
        var servers = HostProcess.FreeEndpoint();
        await using var host = HostProcess.Start(
            log, HostProcess.Config(File), "--set", $"roles.queue.clients.bind={clients}", "--set", $"roles.queue.servers.bind={servers}", "--set", $"roles.server-1.queue.connect=\"{servers}\"",
            "--set", $"roles.server-2.queue.connect=\"{servers}\"", "--set", $"roles.client.connect={clients}", "--set", "roles.client.source.interval=50ms");

        await host.Expect("received: Are you OK?");
        await host.Expect("response: I am OK!");
        host.Terminate();
        Assert.Equal(0, (await host.End()).ExitCode);
    }

    [SkippableFact]
    public async Task Their_server_joins_our_queue()
    {
        var (queue, clients, servers) = await StartQueue();
        await using var ours = queue;
        await using var server = PythonPeer.StartExample(log, "server", servers, "theirs");
        var (client, _) = await StartClient(clients);
        await using var asking = client;

        await server.Expect("theirs joined");
        await client.Expect("response: theirs: Are you OK?");
    }

    [SkippableFact]
    public async Task Their_plain_client_is_served_by_our_queue_and_our_server()
    {
        var (queue, clients, servers) = await StartQueue();
        await using var ours = queue;
        var (server, _) = await StartServer(servers, "server-1");
        await using var serving = server;
        await using var client = PythonPeer.Connect(log, "req", clients);

        await client.Expect("response: I am OK!");
        await server.Expect("server-1 received: Are you OK?");
    }

    [SkippableFact]
    public async Task Their_plain_server_answers_our_client_through_our_queue()
    {
        var (server, endpoint) = await PythonPeer.Bind(log, "rep");
        await using var theirs = server;
        var (queue, clients, _) = await StartQueue($"roles.queue.plain-servers.connect=\"{endpoint}\"");
        await using var ours = queue;
        var (client, _) = await StartClient(clients);
        await using var asking = client;

        await server.Expect("Received: Are you OK?");
        await client.Expect("response: I am OK!");
    }

    [SkippableFact]
    public async Task Their_plain_server_that_connects_answers_their_plain_client()
    {
        var bound = HostProcess.FreeEndpoint();
        var (queue, clients, _) = await StartQueue($"roles.queue.plain-servers.bind=\"{bound}\"");
        await using var ours = queue;
        await using var server = PythonPeer.Connect(log, "rep", bound);
        await using var client = PythonPeer.Connect(log, "req", clients);

        await client.Expect("response: I am OK!");
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_killed_in_the_middle_leaves_each_of_our_requests_with_its_reply(bool theirs)
    {
        const int count = 400;
        var (queue, clients, servers) = await StartQueue();
        await using var ours = queue;
        await using var killed = await StartEcho(servers, "server-1", theirs);
        await using var other = await StartEcho(servers, "server-2", theirs);
        var path = Path.GetTempFileName();
        try
        {
            await System.IO.File.WriteAllLinesAsync(path, Enumerable.Range(0, count).Select(n => $"{n}"));
            var (client, _) = await StartClient(clients, Lines(path));
            await using var asking = client;
            await client.Expect("response: ");
            for (var i = 0; i < 20; i++) await killed.Expect("received: ");
            await killed.Kill();

            var (code, lines) = await client.End();
            var replies = client.Seen.Concat(lines).Where(line => line.Contains("response: ", StringComparison.Ordinal))
                .Select(line => int.Parse(Number().Match(line).Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(Enumerable.Range(0, count), replies.Order());
            Assert.Equal(0, code);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    /// <summary>A server behind the queue whose reply ends in the request.</summary>
    private async Task<PeerProcess> StartEcho(string queue, string name, bool theirs)
    {
        if (theirs)
        {
            var peer = PythonPeer.StartExample(log, "server", queue, name);
            await peer.Expect($"{name} joined");
            return peer;
        }
        var (host, _) = await StartServer(queue, name, $"roles.{name}.max-in-flight=4", $"roles.{name}.handler={{ type = echo, text = null, print = \"received: {{text}}\" }}");
        await host.Expect("has joined the queue");
        return host;
    }

    [SkippableFact]
    public async Task A_server_killed_in_the_middle_leaves_each_plain_request_with_one_end()
    {
        const int count = 300;
        var (queue, clients, servers) = await StartQueue("roles.queue.timeout=2s");
        await using var ours = queue;
        await using var killed = await StartEcho(servers, "one", theirs: true);
        await using var other = await StartEcho(servers, "two", theirs: true);
        await using var client = PythonPeer.Connect(log, "req_numbers", clients, $"{count}", "1000");
        await client.Expect("30: ");
        await killed.Kill();
        await client.Expect("done");

        var ends = client.Seen.Where(line => line.Contains(": ", StringComparison.Ordinal)).ToList();
        Assert.Equal(Enumerable.Range(0, count), ends.Select(line => int.Parse(line[..line.IndexOf(':', StringComparison.Ordinal)], CultureInfo.InvariantCulture)));
        Assert.All(ends, line => Assert.Matches(@"^(\d+): (timeout|reply (one|two): \1)$", line));
        // Only what the killed server had can be without a reply: it has one request at a time.
        Assert.InRange(ends.Count(line => line.EndsWith("timeout", StringComparison.Ordinal)), 0, 1);
    }
}
