using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests;

/// <summary>config/request-reply.conf with the document's programs at the other end.</summary>
public sealed class RequestReplyTests(ITestOutputHelper log)
{
    private const string File = "request-reply.conf";

    [SkippableFact]
    public async Task Their_client_gets_our_servers_reply()
    {
        var (server, endpoint) = await HostProcess.StartRole(log, File, "server", "roles.server.bind=tcp://127.0.0.1:0");
        await using var ours = server;
        await using var client = PythonPeer.Connect(log, "req", endpoint);

        await client.Expect("response: I am OK!");
        await server.Expect("Received: Are you OK?");
    }

    [SkippableFact]
    public async Task Our_client_gets_their_servers_reply()
    {
        var (server, endpoint) = await PythonPeer.Bind(log, "rep");
        await using var theirs = server;
        await using var client = HostProcess.Start(log, HostProcess.Config(File), "--role", "client", "--set", $"roles.client.connect={endpoint}");

        await server.Expect("Received: Are you OK?");
        await client.Expect("response: I am OK!");
        Assert.Equal(0, (await client.End()).ExitCode);
    }

    [SkippableFact]
    public async Task A_server_that_starts_last_answers_the_client_that_waits()
    {
        var endpoint = HostProcess.FreeEndpoint();
        await using var client = PythonPeer.Connect(log, "req", endpoint);
        var (server, _) = await HostProcess.StartRole(log, File, "server", $"roles.server.bind={endpoint}");
        await using var ours = server;

        await client.Expect("response: I am OK!");
    }

    [SkippableFact]
    public async Task Our_client_waits_for_a_server_that_starts_last()
    {
        var endpoint = HostProcess.FreeEndpoint();
        var (client, _) = await HostProcess.StartRole(log, File, "client", $"roles.client.connect={endpoint}");
        await using var ours = client;
        await using var server = PythonPeer.Start(log, "rep", "bind", endpoint);

        await client.Expect("response: I am OK!");
    }

    [SkippableFact]
    public async Task Our_server_serves_on_when_clients_are_killed_and_come_back()
    {
        var (server, endpoint) = await HostProcess.StartRole(log, File, "server", "roles.server.bind=tcp://127.0.0.1:0");
        await using var ours = server;
        for (var round = 0; round < 3; round++)
        {
            await using var client = PythonPeer.Connect(log, "req", endpoint, "1000000");
            await client.Expect("response: I am OK!");
            await client.Kill();
        }
    }

    [SkippableFact]
    public async Task Our_client_goes_on_when_the_server_is_killed_and_comes_back()
    {
        var endpoint = HostProcess.FreeEndpoint();
        var first = PythonPeer.Start(log, "rep", "bind", endpoint);
        var (client, _) = await HostProcess.StartRole(
            log, File, "client", $"roles.client.connect={endpoint}", "roles.client.source.count=0", "roles.client.source.interval=20ms", "roles.client.timeout=1s");
        await using var ours = client;
        await client.Expect("response: I am OK!");
        await first.Kill();
        await using var second = PythonPeer.Start(log, "rep", "bind", endpoint);

        await second.Expect("Received: Are you OK?");
        await client.Expect("response: I am OK!");
    }

    [SkippableFact]
    public async Task Frames_of_every_shape_come_back_unchanged()
    {
        await using var server = HostProcess.Start(
            log, HostProcess.Config(File), "--role", "server", "--set", "akka.loglevel=INFO", "--set", "roles.server.bind=tcp://127.0.0.1:0", "--set", "roles.server.handler={ type = echo, text = null, print = null }");
        var ready = await server.Expect("server is ready: ");
        await using var client = PythonPeer.Connect(log, "req_echo", ready[(ready.IndexOf("ready: ", StringComparison.Ordinal) + 7)..]);

        foreach (var shape in new[] { "one frame", "empty", "binary", "multipart", "100 MB" })
            Assert.EndsWith("same", await client.Expect($"{shape}: "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_ends_in_one_process_print_the_documents_conversation()
    {
        var endpoint = HostProcess.FreeEndpoint();
        await using var host = HostProcess.Start(log, HostProcess.Config(File), "--set", $"roles.server.bind={endpoint}", "--set", $"roles.client.connect={endpoint}");

        var (code, lines) = await host.End();
        Assert.Equal(0, code);
        Assert.Equal(["Received: Are you OK?", "response: I am OK!"], lines.Where(line => !line.StartsWith("engine: ", StringComparison.Ordinal) && !line.Contains(" on tcp://", StringComparison.Ordinal)));
        Assert.Contains($"engine: {EngineUnderTest.Name}", lines);
        Assert.Contains(lines, line => line.StartsWith($"server: reply on {endpoint}: each well-formed request reaches the handler once", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith($"client: request on {endpoint}: each request ends in exactly one of", StringComparison.Ordinal));
    }
}
