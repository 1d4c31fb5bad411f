using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests;

/// <summary>config/publish-subscribe.conf with the document's programs at the other end.</summary>
public sealed class PublishSubscribeTests(ITestOutputHelper log)
{
    private const string File = "publish-subscribe.conf";

    [SkippableFact]
    public async Task Their_subscribers_receive_what_we_publish()
    {
        var (publisher, endpoint) = await HostProcess.StartRole(log, File, "publisher", "roles.publisher.bind=tcp://127.0.0.1:0", "roles.publisher.source.interval=50ms");
        await using var ours = publisher;
        await using var first = PythonPeer.Connect(log, "sub", endpoint);
        await using var second = PythonPeer.Connect(log, "sub", endpoint, "消息");

        await publisher.Expect("发送消息");
        await first.Expect("response: 消息群发");
        await second.Expect("response: 消息群发");
    }

    [SkippableFact]
    public async Task Our_subscribers_receive_what_they_publish()
    {
        var (publisher, endpoint) = await PythonPeer.Bind(log, "pub");
        await using var theirs = publisher;
        await using var host = HostProcess.Start(
            log, HostProcess.Config(File), "--role", "subscriber", "--role", "filtered", "--set", $"roles.subscriber.connect={endpoint}", "--set", $"roles.filtered.connect={endpoint}");

        await host.Expect("filtered response: 消息群发");
        await host.Expect("response: 消息群发");
    }

    [SkippableFact]
    public async Task A_prefix_lets_through_only_what_it_matches()
    {
        var (publisher, endpoint) = await PythonPeer.Bind(log, "pub", "weather.rain", "weather.sun", "traffic.jam");
        await using var theirs = publisher;
        await using var host = HostProcess.Start(
            log, HostProcess.Config(File), "--role", "filtered", "--set", $"roles.filtered.connect={endpoint}", "--set", "roles.filtered.topics=weather");

        // After two rounds of both matching topics, a third topic would have been seen in between.
        var seen = new List<string>();
        for (var i = 0; i < 4; i++) seen.Add(await host.Expect("filtered response: "));
        Assert.DoesNotContain(seen, line => line.Contains("traffic", StringComparison.Ordinal));
        Assert.Contains(seen, line => line.EndsWith("weather.rain", StringComparison.Ordinal));
        Assert.Contains(seen, line => line.EndsWith("weather.sun", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_filter_of_their_subscriber_is_obeyed_by_our_publisher()
    {
        var (publisher, endpoint) = await HostProcess.StartRole(
            log, File, "publisher", "roles.publisher.bind=tcp://127.0.0.1:0", "roles.publisher.source.interval=20ms", "roles.publisher.source.text=[\"weather\", \"rain\"]");
        await using var ours = publisher;
        await using var wrong = PythonPeer.Connect(log, "sub", endpoint, "traffic");
        await using var right = PythonPeer.Connect(log, "sub", endpoint, "wea");

        await wrong.Expect("subscribed");
        for (var i = 0; i < 10; i++) Assert.Equal("response: weather rain", await right.Expect("response: "));
        await wrong.Kill();
        Assert.Empty((await wrong.End()).Lines);
    }

    [SkippableFact]
    public async Task Our_subscriber_goes_on_when_the_publisher_is_killed_and_comes_back()
    {
        var endpoint = HostProcess.FreeEndpoint();
        var (subscriber, _) = await HostProcess.StartRole(log, File, "subscriber", $"roles.subscriber.connect={endpoint}");
        await using var ours = subscriber;
        for (var round = 0; round < 3; round++)
        {
            await using var publisher = PythonPeer.Start(log, "pub", "bind", endpoint, $"round-{round}");
            await subscriber.Expect($"response: round-{round}");
            await publisher.Kill();
        }
    }

    [SkippableFact]
    public async Task Our_publisher_goes_on_when_subscribers_are_killed_and_come_back()
    {
        var (publisher, endpoint) = await HostProcess.StartRole(log, File, "publisher", "roles.publisher.bind=tcp://127.0.0.1:0", "roles.publisher.source.interval=20ms");
        await using var ours = publisher;
        for (var round = 0; round < 3; round++)
        {
            await using var subscriber = PythonPeer.Connect(log, "sub", endpoint);
            await subscriber.Expect("response: 消息群发");
            await subscriber.Kill();
        }
    }

    [Fact]
    public async Task All_roles_in_one_process_print_the_documents_output()
    {
        var endpoint = HostProcess.FreeEndpoint();
        await using var host = HostProcess.Start(
            log, HostProcess.Config(File), "--set", $"roles.publisher.bind={endpoint}", "--set", $"roles.subscriber.connect={endpoint}", "--set", $"roles.filtered.connect={endpoint}", "--set", "roles.publisher.source.interval=100ms");

        await host.Expect("发送消息");
        await host.Expect("response: 消息群发");
        host.Terminate();
        Assert.Equal(0, (await host.End()).ExitCode);
    }
}
