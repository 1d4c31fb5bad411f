using System.Text;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests;

/// <summary>config/publish-subscribe-retained.conf: real processes that are late, killed and cut off.</summary>
public sealed class RetainedPublishSubscribeTests(ITestOutputHelper log)
{
    private const string File = "publish-subscribe-retained.conf";

    /// <summary>A publisher that sends each line it is given; its endpoints for plain and for retained subscribers.</summary>
    private async Task<(HostProcess Host, string Plain, string Retained)> StartPublisher(string retained = "tcp://127.0.0.1:0", params string[] overrides)
    {
        string[] all =
        [
            "akka.loglevel=INFO", "roles.publisher.bind=\"tcp://127.0.0.1:0\"", $"roles.publisher.retained.bind=\"{retained}\"",
            "roles.publisher.source={ type = stdin, text = null, interval = null, print = \"sent {text}\" }", .. overrides,
        ];
        var host = HostProcess.Start(log, [HostProcess.Config(File), "--role", "publisher", .. all.SelectMany(one => new[] { "--set", one })]);
        var line = await host.Expect("publisher is open: ");
        var endpoints = line[(line.IndexOf("open: ", StringComparison.Ordinal) + 6)..].Split(", ");
        return (host, endpoints[0], endpoints[1]);
    }

    private async Task<HostProcess> StartSubscriber(string endpoint)
    {
        var (host, _) = await HostProcess.StartRole(log, File, "subscriber", $"roles.subscriber.connect=\"{endpoint}\"", "roles.subscriber.reconnect-interval=20ms");
        return host;
    }

    private static async Task Publish(HostProcess publisher, int first, int count)
    {
        for (var n = first; n < first + count; n++) await publisher.WriteLine($"m {n}");
        await publisher.Expect($"sent m {first + count - 1}");
    }

    /// <summary>The subscriber prints these numbers, each once and in this order.</summary>
    private static async Task ExpectNumbers(HostProcess subscriber, int first, int count)
    {
        for (var n = first; n < first + count; n++) Assert.EndsWith($"response: m {n}", await subscriber.Expect("response: "), StringComparison.Ordinal);
    }

    /// <summary>The log tells the gap. It goes to another stream than what is printed, so the two have no order here.</summary>
    private static async Task ExpectGap(HostProcess subscriber, string gap)
    {
        if (!subscriber.Seen.Any(line => line.Contains(gap, StringComparison.Ordinal))) await subscriber.Expect(gap);
    }

    [SkippableFact]
    public async Task Their_plain_subscriber_sees_plain_messages_while_ours_and_theirs_get_what_they_missed()
    {
        var (publisher, plain, retained) = await StartPublisher();
        await using var ours = publisher;
        await Publish(publisher, 0, 10);
        await using var late = await StartSubscriber(retained);
        await using var theirs = PythonPeer.StartExample(log, "subscriber", retained);
        await using var hex = PythonPeer.Connect(log, "sub_hex", plain);
        await theirs.Expect("subscribed from 0");

        // A plain subscriber cannot tell when it is served: messages go out until it sees one.
        var next = 10;
        var seen = hex.Expect("frames: ");
        while (!seen.IsCompleted) await Publish(publisher, next++, 1);
        var frame = (await seen)["frames: ".Length..];
        await Publish(publisher, next++, 1);
        Assert.StartsWith("m ", Encoding.UTF8.GetString(Convert.FromHexString(frame)), StringComparison.Ordinal);
        await hex.Expect(Convert.ToHexStringLower(Encoding.UTF8.GetBytes($"m {next - 1}")));
        await hex.Kill();
        Assert.All(hex.Seen.Concat((await hex.End()).Lines).Where(line => line.StartsWith("frames", StringComparison.Ordinal)), line => Assert.StartsWith("frames: 6d20", line, StringComparison.Ordinal));
        await ExpectNumbers(late, 0, next);
        for (var n = 0; n < next; n++) Assert.Equal($"received {n + 1}: m {n}", await theirs.Expect("received "));
    }

    [SkippableFact]
    public async Task A_late_subscriber_gets_the_last_value_of_each_topic()
    {
        var (publisher, _, retained) = await StartPublisher("tcp://127.0.0.1:0", "roles.publisher.retain=last", "roles.publisher.retained.count=1");
        await using var ours = publisher;
        foreach (var topic in new[] { "a", "b", "a", "c", "b" }) await publisher.WriteLine(topic);
        for (var n = 0; n < 5; n++) await publisher.Expect("sent ");
        await using var theirs = PythonPeer.StartExample(log, "subscriber", retained, "a", "b");

        Assert.Equal("received 3: a", await theirs.Expect("received "));
        Assert.Equal("received 5: b", await theirs.Expect("received "));
    }

    [Fact]
    public async Task After_cuts_of_the_connection_exactly_the_missed_messages_come()
    {
        var (publisher, _, retained) = await StartPublisher();
        await using var ours = publisher;
        await using var proxy = new CuttingProxy(retained);
        await using var subscriber = await StartSubscriber(proxy.Endpoint);
        await subscriber.Expect("subscriber is ready");
        for (var round = 0; round < 5; round++)
        {
            var sending = Publish(publisher, round * 200, 200);
            await ExpectNumbers(subscriber, round * 200, 50);
            proxy.Cut();
            await sending;
            await ExpectNumbers(subscriber, (round * 200) + 50, 150);
        }
        subscriber.Terminate();
        var (code, lines) = await subscriber.End();
        Assert.Contains(lines, line => line.Contains("received 1000, gaps 0, repeats dropped 0", StringComparison.Ordinal));
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task A_window_that_overflowed_during_a_cut_is_told_as_the_exact_gap()
    {
        var (publisher, _, retained) = await StartPublisher("tcp://127.0.0.1:0", "roles.publisher.retained.count=10");
        await using var ours = publisher;
        var proxy = new CuttingProxy(retained);
        await using var subscriber = await StartSubscriber(proxy.Endpoint);
        await subscriber.Expect("subscriber is ready");
        await Publish(publisher, 0, 5);
        await ExpectNumbers(subscriber, 0, 5);
        await proxy.DisposeAsync();
        await publisher.Expect("ends at 5");
        await Publish(publisher, 5, 95);
        await using var again = new CuttingProxy(retained, proxy.Endpoint);

        await ExpectNumbers(subscriber, 90, 10);
        await ExpectGap(subscriber, "messages 6 to 90 of");
    }

    [Fact]
    public async Task A_killed_subscriber_gets_in_its_next_life_what_is_kept()
    {
        var (publisher, _, retained) = await StartPublisher();
        await using var ours = publisher;
        await using (var killed = await StartSubscriber(retained))
        {
            await Publish(publisher, 0, 50);
            await ExpectNumbers(killed, 0, 50);
            await killed.Kill();
        }
        await Publish(publisher, 50, 50);
        await using var again = await StartSubscriber(retained);

        // A position ends with its process, so that it begins anew.
        await ExpectNumbers(again, 0, 100);
    }

    [Fact]
    public async Task A_killed_publisher_is_a_gap_without_an_end_and_its_next_life_a_new_epoch()
    {
        var endpoint = HostProcess.FreeEndpoint();
        await using var subscriber = await StartSubscriber(endpoint);
        var (killed, _, _) = await StartPublisher(endpoint);
        await using (killed)
        {
            await Publish(killed, 0, 50);
            await ExpectNumbers(subscriber, 0, 50);
            await killed.Kill();
        }
        var (again, _, _) = await StartPublisher(endpoint);
        await using var ours = again;
        await Publish(again, 50, 50);

        await ExpectNumbers(subscriber, 50, 50);
        await ExpectGap(subscriber, $"messages 51 to the last of {endpoint} are not there any more");
    }

    [Fact]
    public async Task Sources_wait_for_the_subscribers_of_the_same_host_so_that_the_first_message_is_not_lost()
    {
        var (plain, retained) = (HostProcess.FreeEndpoint(), HostProcess.FreeEndpoint());
        await using var host = HostProcess.Start(
            log, HostProcess.Config(File), "--set", $"roles.publisher.bind={plain}", "--set", $"roles.publisher.retained.bind={retained}", "--set", $"roles.subscriber.connect={retained}", "--set", $"roles.plain.connect={plain}",
            "--set", "roles.publisher.source.count=1", "--set", "roles.subscriber.handler.print=\"retained {text}\"");

        await host.Expect("消息群发");
        await host.Expect("消息群发");
        Assert.Contains(host.Seen, line => line == "plain response: 消息群发");
        Assert.Contains(host.Seen, line => line == "retained 消息群发");
    }

    [Fact]
    public async Task A_subscriber_whose_publisher_is_not_there_does_not_keep_the_host_from_starting()
    {
        await using var host = HostProcess.Start(
            log, HostProcess.Config("publish-subscribe.conf"), "--set", $"roles.publisher.bind={HostProcess.FreeEndpoint()}", "--set", $"roles.subscriber.connect={HostProcess.FreeEndpoint()}", "--role", "publisher", "--role", "subscriber",
            "--set", "host.ready-timeout=100ms");

        await host.Expect("sources start although roles are not ready: subscriber");
        await host.Expect("发送消息");
    }
}
