using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests;

/// <summary>The three patterns over ws, with libzmq 4.3.5 at the other end: only the endpoints differ.</summary>
public sealed class WebSocketTests(ITestOutputHelper log)
{
    private const string Any = "ws://127.0.0.1:0/role";

    [SkippableFact]
    public async Task Their_client_gets_our_servers_reply()
    {
        EngineUnderTest.NeedsZmtp("has no ws");
        await using var server = await Bound("request-reply.conf", "server");
        await using var client = NodePeer.Start(log, "req", "connect", server.Endpoint);

        await client.Expect("response: I am OK!");
        await server.Host.Expect("Received: Are you OK?");
    }

    [SkippableFact]
    public async Task Our_client_gets_their_servers_reply()
    {
        EngineUnderTest.NeedsZmtp("has no ws");
        var (server, endpoint) = await NodePeer.Bind(log, "rep");
        await using var theirs = server;
        await using var client = Connecting("request-reply.conf", "client", endpoint);

        await server.Expect("Received: Are you OK?");
        await client.Expect("response: I am OK!");
    }

    [SkippableFact]
    public async Task Their_subscriber_receives_what_we_publish()
    {
        EngineUnderTest.NeedsZmtp("has no ws");
        await using var publisher = await Bound("publish-subscribe.conf", "publisher");
        await using var subscriber = NodePeer.Start(log, "sub", "connect", publisher.Endpoint);

        await subscriber.Expect("消息群发");
    }

    [SkippableFact]
    public async Task Our_subscriber_receives_what_they_publish()
    {
        EngineUnderTest.NeedsZmtp("has no ws");
        var (publisher, endpoint) = await NodePeer.Bind(log, "pub");
        await using var theirs = publisher;
        await using var subscriber = Connecting("publish-subscribe.conf", "subscriber", endpoint);

        await subscriber.Expect("消息群发");
    }

    [SkippableFact]
    public async Task Their_puller_takes_what_we_push()
    {
        EngineUnderTest.NeedsZmtp("has no ws");
        await using var push = await Bound("pipeline.conf", "push");
        await using var pull = NodePeer.Start(log, "pull", "connect", push.Endpoint);

        await pull.Expect("测试消息");
    }

    [SkippableFact]
    public async Task Our_puller_takes_what_they_push()
    {
        EngineUnderTest.NeedsZmtp("has no ws");
        await using var pull = await Bound("pipeline.conf", "pull");
        await using var push = NodePeer.Start(log, "push", "connect", pull.Endpoint);

        await pull.Host.Expect("999");
    }

    private async Task<BoundHost> Bound(string config, string role)
    {
        var (host, endpoint) = await HostProcess.StartRole(log, config, role, $"roles.{role}.bind={Any}");
        return new BoundHost(host, endpoint);
    }

    private HostProcess Connecting(string config, string role, string endpoint) =>
        HostProcess.Start(log, HostProcess.Config(config), "--role", role, "--set", $"roles.{role}.connect={endpoint}");

    private sealed record BoundHost(HostProcess Host, string Endpoint) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
