using System.Globalization;
using System.Text.RegularExpressions;
using Actors.Transport;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests;

/// <summary>What the host says about messages that it could not deliver.</summary>
public sealed partial class HostDropTests(ITestOutputHelper log)
{
    [Fact]
    public async Task A_host_that_stops_says_how_many_messages_nobody_took()
    {
        await using var push = await PushThatHasPrinted("bind", "tcp://127.0.0.1:0", 25);

        push.Terminate();

        var (code, lines) = await push.End();
        Assert.Equal(25, Dropped(lines, DropReason.Stopped));
        Assert.Equal(1, code);
    }

    [SkippableFact]
    public async Task A_host_that_stops_says_how_many_messages_its_socket_held_for_a_peer_that_never_came()
    {
        EngineUnderTest.NeedsZmtp("does not tell what its sockets lose");
        await using var push = await PushThatHasPrinted("connect", HostProcess.FreeEndpoint(), 25);

        push.Terminate();

        var (code, lines) = await push.End();
        Assert.Equal(25, Dropped(lines, DropReason.Stopped) + Dropped(lines, DropReason.Unsent));
        Assert.Equal(1, code);
    }

    [SkippableFact]
    public async Task A_host_on_netmq_says_that_losses_inside_its_sockets_are_not_counted()
    {
        Skip.If(EngineUnderTest.IsZmtp, "the engine zmtp tells what its sockets lose");
        await using var push = await PushThatHasPrinted("connect", HostProcess.FreeEndpoint(), 25);

        push.Terminate();

        var (_, lines) = await push.End();
        Assert.Contains(push.Seen.Concat(lines), line => line.Contains("the engine netmq does not tell what its sockets lose inside", StringComparison.Ordinal));
        Assert.Equal(0, Dropped(lines, DropReason.Unsent));
    }

    [SkippableFact]
    public async Task What_a_subscriber_misses_that_does_not_read_is_what_its_publisher_says()
    {
        EngineUnderTest.NeedsZmtp("does not tell what its sockets lose");
        var (publisher, endpoint) = await HostProcess.StartRole(
            log, "publish-subscribe.conf", "publisher",
            "host.stop-when-done=on", "roles.publisher.bind=tcp://127.0.0.1:0", "roles.publisher.send-high-water-mark=10", "roles.publisher.linger=30s", "roles.publisher.outbound.overflow=backpressure", "roles.publisher.source=null", "roles.publisher.source={ type = stdin }");
        await using var ours = publisher;
        await using var subscriber = PythonPeer.Connect(log, "sub_pausing", endpoint);
        var sent = 0;
        var first = subscriber.Expect("first: ");
        for (; !first.IsCompleted; sent++) await publisher.WriteLine($"{sent + 1}");
        var missed = int.Parse((await first)["first: ".Length..], CultureInfo.InvariantCulture) - 1;
        var padding = new string('x', 50_000);
        var dropped = publisher.Expect("publisher: dropped ");
        for (; !dropped.IsCompleted; sent++) await publisher.WriteLine($"{sent + 1} {padding}");

        await subscriber.WriteLine("go on");
        publisher.CloseInput();

        var (code, lines) = await publisher.End();
        Assert.Equal(0, code);
        var received = await subscriber.Expect("received ");
        Assert.Equal(sent - missed, int.Parse(received["received ".Length..], CultureInfo.InvariantCulture) + Dropped([.. publisher.Seen, .. lines], DropReason.PeerFull));
    }

    [Fact]
    public async Task A_publisher_that_reads_a_file_drops_nothing_in_its_own_queue()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, Enumerable.Range(0, 100_000).Select(n => $"{n}"));
            await using var publisher = HostProcess.Start(
                log, HostProcess.Config("publish-subscribe.conf"), "--role", "publisher", "--set", "host.stop-when-done=on", "--set", "roles.publisher.bind=tcp://127.0.0.1:0",
                "--set", "roles.publisher.source=null", "--set", $"roles.publisher.source={{ type = lines, path = \"{file}\" }}");

            var (code, lines) = await publisher.End();
            Assert.Equal(0, code);
            Assert.Equal(0, Dropped([.. publisher.Seen, .. lines], DropReason.QueueFullNewest));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<HostProcess> PushThatHasPrinted(string how, string endpoint, int messages)
    {
        var (push, _) = await HostProcess.StartRole(
            log, "pipeline.conf", "push", "host.stop-timeout=1s", $"roles.push={{ bind = null, connect = null, {how} = \"{endpoint}\", linger = 100ms, source = {{ interval = 1ms, count = {messages} }} }}");
        // What is printed and what is logged have no order, so some may have come before the role was seen to be open.
        while (push.Seen.Count(line => line.Contains("已发送", StringComparison.Ordinal)) < messages) await push.Expect("已发送");
        return push;
    }

    private static int Dropped(IEnumerable<string> lines, DropReason reason) => lines
        .Select(line => DropLine().Match(line))
        .Where(match => match.Success && match.Groups["reason"].ValueSpan.SequenceEqual(reason.ToString()))
        .Sum(match => int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture));

    [GeneratedRegex(@": dropped (?<count>\d+) messages: (?<reason>\w+)$")]
    private static partial Regex DropLine();
}
