using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests;

/// <summary>Requests that carry a trace, with peers of libzmq that know nothing of it.</summary>
public sealed class TracedRequestTests(ITestOutputHelper log)
{
    private const string File = "request-reply.conf";

    // Nobody collects; that somebody is to makes spans.
    private static readonly Dictionary<string, string> s_traced = new() { ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = "http://127.0.0.1:1" };

    private HostProcess Client(string endpoint, IReadOnlyDictionary<string, string> environment) => HostProcess.StartIn(
        log, environment, HostProcess.Config(File), "--role", "client", "--set", $"roles.client.connect={endpoint}", "--set", "roles.client.delivery=acknowledged", "--set", "host.stop-timeout=2s");

    [SkippableFact]
    public async Task Their_ROUTER_returns_the_trace_of_our_request()
    {
        var (server, endpoint) = await PythonPeer.Bind(log, "router_answering");
        await using var theirs = server;
        await using var client = Client(endpoint, s_traced);

        var envelope = await server.Expect("body Are you OK?");
        // Trace, a bar between frames, and id, in hex.
        Assert.Matches("^envelope 00544301[0-9a-f]{48}017c00525101[0-9a-f]{48} ", envelope);
        await client.Expect("response: answered");
        Assert.Equal(0, (await client.End()).ExitCode);
    }

    [SkippableFact]
    public async Task Their_REP_returns_the_trace_of_our_request()
    {
        var (server, endpoint) = await PythonPeer.Bind(log, "rep_echo");
        await using var theirs = server;
        await using var client = Client(endpoint, s_traced);

        await server.Expect("echoed 1 frames");
        await client.Expect("response: Are you OK?");
        Assert.Equal(0, (await client.End()).ExitCode);
    }

    [SkippableFact]
    public async Task Our_untraced_request_carries_its_id_only()
    {
        var (server, endpoint) = await PythonPeer.Bind(log, "router_answering");
        await using var theirs = server;
        await using var client = Client(endpoint, new Dictionary<string, string>());

        Assert.Matches("^envelope 00525101[0-9a-f]{48} ", await server.Expect("body Are you OK?"));
        await client.Expect("response: answered");
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Their_client_gets_its_trace_back_from_our_server_whatever_is_in_it(bool isTraced)
    {
        await using var server = HostProcess.StartIn(
            log, isTraced ? s_traced : [], HostProcess.Config(File), "--role", "server", "--set", "roles.server.bind=tcp://127.0.0.1:0", "--set", "akka.loglevel=INFO", "--set", "host.stop-timeout=2s");
        var opened = await server.Expect("server is open: ");
        await using var client = PythonPeer.Connect(log, "dealer_traced", opened[(opened.IndexOf("open: ", StringComparison.Ordinal) + 6)..]);

        foreach (var trace in new[] { "whole", "with a state", "cut", "zeros", "binary" }) await client.Expect($"{trace}: same I am OK!");
    }
}
