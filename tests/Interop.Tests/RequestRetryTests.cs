using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests;

/// <summary>Our request role with several servers of theirs.</summary>
public sealed class RequestRetryTests(ITestOutputHelper log)
{
    private const string File = "request-reply.conf";

    private Task<(HostProcess Host, string Endpoint)> StartClient(string[] servers, params string[] overrides) => HostProcess.StartRole(
        log, File, "client",
        [$"roles.client.connect=[{string.Join(", ", servers.Select(server => $"\"{server}\""))}]", "roles.client.retries=5", "roles.client.reconnect-interval=20ms", .. overrides]);

    [SkippableTheory]
    [InlineData("plain")]
    [InlineData("acknowledged")]
    public async Task When_one_server_is_killed_the_other_answers_every_request(string delivery)
    {
        const int count = 200;
        var (killed, first) = await PythonPeer.Bind(log, "rep_named", "one");
        await using var one = killed;
        var (other, second) = await PythonPeer.Bind(log, "rep_named", "two");
        await using var two = other;
        var (client, _) = await StartClient(
            [first, second], $"roles.client.delivery={delivery}", $"roles.client.source={{ type = ticker, text = \"?\", interval = 5ms, count = {count} }}", "host.stop-timeout=30s");
        await using var ours = client;
        await killed.Expect("one got ?");
        await client.Expect("response: one: ?");
        await killed.Kill();

        var (code, lines) = await client.End();
        Assert.Equal(count, client.Seen.Concat(lines).Count(line => line.Contains("response: ", StringComparison.Ordinal)));
        Assert.Equal(0, code);
    }

    [SkippableFact]
    public async Task The_id_is_the_same_in_every_try()
    {
        var (silent, first) = await PythonPeer.Bind(log, "router_silent");
        await using var one = silent;
        var (client, _) = await StartClient([first], "roles.client.delivery=acknowledged", "roles.client.try-timeout=100ms", "roles.client.retries=2");
        await using var ours = client;

        var tries = new List<string>();
        for (var i = 0; i < 3; i++) tries.Add(await silent.Expect("body Are you OK?"));
        Assert.Single(tries.Distinct());
        Assert.StartsWith("envelope 00525101", tries[0], StringComparison.Ordinal);
        Assert.Equal("envelope ".Length + 56, tries[0].IndexOf(" body", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task The_id_is_the_same_at_another_server()
    {
        var (silent, first) = await PythonPeer.Bind(log, "router_silent");
        await using var one = silent;
        var late = HostProcess.FreeEndpoint();
        var (client, _) = await StartClient(
            [first, late], "roles.client.delivery=acknowledged", "roles.client.timeout=60s", "roles.client.retries=100", "roles.client.try-timeout=200ms", "roles.client.retry-interval-max=200ms");
        await using var ours = client;
        var atFirst = await silent.Expect("body Are you OK?");
        await using var answering = PythonPeer.Start(log, "router_answering", "bind", late);

        Assert.Equal(atFirst, await answering.Expect("body Are you OK?"));
        await client.Expect("response: answered");
    }
}
