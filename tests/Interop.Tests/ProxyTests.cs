using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests;

/// <summary>Our forwarder and streamer between libzmq's sockets, with our side bound or connected.</summary>
public sealed class ProxyTests(ITestOutputHelper log) : IAsyncLifetime
{
    private readonly string _front = HostProcess.FreeEndpoint();
    private readonly string _back = HostProcess.FreeEndpoint();
    private readonly string _copies = HostProcess.FreeEndpoint();
    private HostProcess? _proxy;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_proxy is not null) await _proxy.DisposeAsync();
    }

    private async Task StartProxy(string role, bool oursBinds, params string[] more)
    {
        string At(string part, string endpoint) => oursBinds ? $"roles.{role}.{part}={{ bind = \"{endpoint}\" }}" : $"roles.{role}.{part}={{ bind = null, connect = \"{endpoint}\" }}";
        (_proxy, _) = await HostProcess.StartRole(log, $"{role}.conf", role, [At("frontend", _front), At("backend", _back), .. more]);
    }

    private PythonPeer Talk(bool oursBinds, string endpoint, string kind, params string[] options) =>
        PythonPeer.Start(log, "talk", [oursBinds ? "connect" : "bind", endpoint, kind, .. options]);

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Their_subscription_passes_our_forwarder_to_their_publisher_and_the_message_comes_back(bool oursBinds)
    {
        await StartProxy("forwarder", oursBinds, "roles.forwarder.capture=null");
        await using var publisher = Talk(oursBinds, _front, "XPUB");
        await using (var subscriber = Talk(oursBinds, _back, "SUB", "subscribe=weather"))
        {
            await publisher.Expect("got \\x01weather");
            await publisher.WriteLine("sports||no");
            await publisher.WriteLine("weather||sunny");
            await subscriber.Expect("got weather||sunny");
            Assert.DoesNotContain(subscriber.Seen, line => line.Contains("sports", StringComparison.Ordinal));
            await subscriber.Kill();
        }
        // Who connects keeps the subscriptions of a peer that may come back.
        if (oursBinds) await publisher.Expect("got \\x00weather");
    }

    [SkippableFact]
    public async Task Their_XSUB_changes_its_subscriptions_through_our_forwarder()
    {
        await StartProxy("forwarder", true, "roles.forwarder.capture=null");
        await using var publisher = Talk(true, _front, "XPUB");
        await using var subscriber = Talk(true, _back, "XSUB");
        await subscriber.WriteLine("\\x01a");
        await publisher.Expect("got \\x01a");
        await subscriber.WriteLine("\\x01b");
        await publisher.Expect("got \\x01b");
        await subscriber.WriteLine("\\x00a");
        await publisher.Expect("got \\x00a");
        await publisher.WriteLine("a|1");
        await publisher.WriteLine("b|2");

        await subscriber.Expect("got b|2");
        Assert.DoesNotContain(subscriber.Seen, line => line.Contains("a|1", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Our_forwarder_goes_on_when_both_its_peers_are_killed_and_come_back()
    {
        await StartProxy("forwarder", true, "roles.forwarder.capture=null");
        for (var round = 0; round < 3; round++)
        {
            await using var publisher = Talk(true, _front, "XPUB");
            await using var subscriber = Talk(true, _back, "SUB", $"subscribe={round}");
            await publisher.Expect($"got \\x01{round}");
            await publisher.WriteLine($"{round}|here");
            await subscriber.Expect($"got {round}|here");
            await publisher.Kill();
            await subscriber.Kill();
        }
    }

    [SkippableFact]
    public async Task A_published_capture_shows_their_subscriber_what_passes_in_both_directions()
    {
        await StartProxy("forwarder", true, $"roles.forwarder.capture.bind={_copies}");
        await using var capture = Talk(true, _copies, "SUB");
        await using var publisher = Talk(true, _front, "XPUB");
        // The capture sees a message only when its own subscription is in force: until then, further ones are sent.
        await using var subscriber = Talk(true, _back, "XSUB");
        await subscriber.WriteLine("\\x01x");
        await publisher.Expect("got \\x01x");
        var seen = capture.Expect("got x|");
        for (var n = 0; !seen.IsCompleted; n++)
        {
            await publisher.WriteLine($"x|{n}");
            await subscriber.Expect($"got x|{n}");
        }
        await seen;

        await subscriber.WriteLine("\\x01y");
        await capture.Expect("got \\x01y");
        await publisher.Expect("got \\x01y");
        await publisher.WriteLine("y||z");
        await capture.Expect("got y||z");
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_their_pusher_sends_before_there_is_a_puller_passes_our_streamer_in_order(bool oursBinds)
    {
        const int Many = 20_000;
        await StartProxy("streamer", oursBinds);
        await using var pusher = PythonPeer.Start(log, "push", oursBinds ? "connect" : "bind", _front, "task", $"{Many}");
        await using var puller = PythonPeer.Start(log, "pull", oursBinds ? "connect" : "bind", _back);
        for (var n = 0; n < Many; n += 1000) await puller.Expect($"response: task {n}");
        await puller.Expect($"response: task {Many - 1}");

        Assert.Equal(Enumerable.Range(0, Many).Select(n => $"response: task {n}"), puller.Seen.Where(line => line.StartsWith("response", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public async Task A_pushed_capture_gives_their_puller_every_message_in_order()
    {
        const int Many = 5000;
        await StartProxy("streamer", true, $"roles.streamer.capture={{ type = push, bind = \"{_copies}\" }}");
        await using var pusher = PythonPeer.Connect(log, "push", _front, "task", $"{Many}");
        await using var puller = PythonPeer.Connect(log, "pull", _back);
        // Without a capture that reads, the proxy waits.
        await using var capture = PythonPeer.Connect(log, "pull", _copies);
        await puller.Expect($"response: task {Many - 1}");
        await capture.Expect($"response: task {Many - 1}");

        Assert.Equal(Enumerable.Range(0, Many).Select(n => $"response: task {n}"), capture.Seen.Where(line => line.StartsWith("response", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public async Task Our_streamer_keeps_the_frames_of_a_message()
    {
        await StartProxy("streamer", true);
        await using var pusher = Talk(true, _front, "PUSH");
        await using var puller = Talk(true, _back, "PULL");
        await pusher.WriteLine("|a||b|");

        await puller.Expect("got |a||b|");
    }

    [Theory]
    [InlineData("forwarder", "publish", "subscribe", "received weather sunny")]
    [InlineData("streamer", "push", "pull", "received a task")]
    public async Task All_roles_of_a_shipped_file_talk_in_one_process(string proxy, string sender, string receiver, string line)
    {
        string[] settings =
        [
            $"roles.{proxy}.frontend.bind={_front}", $"roles.{proxy}.backend.bind={_back}", $"roles.{sender}.connect={_front}", $"roles.{receiver}.connect={_back}",
            .. proxy == "forwarder" ? [$"roles.{proxy}.capture.bind={_copies}"] : Array.Empty<string>(),
        ];
        _proxy = HostProcess.Start(log, [HostProcess.Config($"{proxy}.conf"), .. settings.SelectMany(one => new[] { "--set", one })]);
        await _proxy.Expect(line);
        _proxy.Terminate();

        Assert.Equal(0, (await _proxy.End()).ExitCode);
    }
}
