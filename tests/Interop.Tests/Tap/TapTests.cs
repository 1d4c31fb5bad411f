using System.Text.Json;
using Actors.Zmtp;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests.Tap;

/// <summary>A tap between two programs on real libzmq.</summary>
public sealed class TapTests(ITestOutputHelper log)
{
    /// <summary>Where the tap is bound.</summary>
    private static async Task<string> Endpoint(VerbRun tap)
    {
        var line = await tap.Expect("tap: ");
        return line.Split(" at ")[1].Split(',')[0];
    }

    private VerbRun Start(string type, string connect, params string[] more) => VerbRun.Start(log, ["tap", "--bind", "tcp://127.0.0.1:*", "--connect", connect, "--type", type, .. more]);

    private Task<(PythonPeer Peer, string Endpoint)> Bind(string type, params string[] options) => PythonPeer.Bind(log, "talk", [type, .. options]);

    private PythonPeer Connect(string endpoint, string type, params string[] options) => PythonPeer.Connect(log, "talk", endpoint, [type, .. options]);

    [SkippableFact]
    public async Task Tasks_pass_from_a_push_to_a_pull_and_are_shown()
    {
        var (pull, back) = await Bind("PULL");
        await using var theirs = pull;
        await using var tap = Start("pull-push", back, "--output", "json");
        await using var push = Connect(await Endpoint(tap), "PUSH");

        await push.WriteLine("one|two");
        await pull.Expect("one|two");
        await push.WriteLine("\\x00\\xff");
        await pull.Expect("\\x00\\xff");

        using var text = JsonDocument.Parse(await tap.Expect("\"one\""));
        Assert.Equal(("message", "forward", 6), (text.RootElement.GetProperty("kind").GetString(), text.RootElement.GetProperty("direction").GetString(), text.RootElement.GetProperty("size").GetInt32()));
        Assert.StartsWith("tcp://127.0.0.1:", text.RootElement.GetProperty("peer").GetString(), StringComparison.Ordinal);
        Assert.Equal(["one", "two"], text.RootElement.GetProperty("frames").EnumerateArray().Select(frame => frame.GetProperty("text").GetString()));
        Assert.Contains("\"hex\":\"00ff\"", await tap.Expect("00ff"), StringComparison.Ordinal);
        Assert.Equal(0, await tap.Stop());
        Assert.Contains("\"forward\":2", await tap.Expect("undelivered"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Subscriptions_and_news_pass_between_a_publisher_and_a_subscriber()
    {
        var (pub, back) = await Bind("XPUB");
        await using var theirs = pub;
        await using var tap = Start("pub-sub", back);
        await using (var sub = Connect(await Endpoint(tap), "SUB", "subscribe=news"))
        {
            await tap.Expect("subscribe \"news\"");
            await pub.Expect("news");
            await pub.WriteLine("weather|rain");
            await pub.WriteLine("news|today");
            await sub.Expect("news|today");
            Assert.Contains("\"news\" | \"today\"", await tap.Expect("<- "), StringComparison.Ordinal);
        }

        await tap.Expect("cancel \"news\"");
        Assert.Equal(0, await tap.Stop());
        Assert.DoesNotContain(tap.Seen, line => line.Contains("rain", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Requests_and_replies_pass_with_their_envelope()
    {
        var (rep, back) = await PythonPeer.Bind(log, "rep_echo");
        await using var theirs = rep;
        await using var tap = Start("rep-req", back);
        var front = await Endpoint(tap);
        using var ann = new RequestSocket();
        ann.Options.Identity = "ann"u8.ToArray();
        ann.Connect(front);
        using var bob = new RequestSocket();
        bob.Options.Identity = "bob"u8.ToArray();
        bob.Connect(front);

        ann.SendFrame("from ann");
        bob.SendFrame("from bob");
        Assert.Equal("from ann", ann.ReceiveFrameString());
        Assert.Equal("from bob", bob.ReceiveFrameString());

        Assert.Equal(0, await tap.Stop());
        Assert.Contains(tap.Seen, line => line.Contains("-> ", StringComparison.Ordinal) && line.Contains("[ann] 8 B \"\" | \"from ann\"", StringComparison.Ordinal));
        Assert.Contains(tap.Seen, line => line.Contains("<- ", StringComparison.Ordinal) && line.Contains("[bob] 8 B \"\" | \"from bob\"", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task What_has_come_before_Ctrl_C_is_passed_on()
    {
        const int many = 5000;
        using var pull = new PullSocket("@tcp://127.0.0.1:0");
        await using var tap = Start("pull-push", pull.Options.LastEndpoint!, "--quiet", "--hwm", "10");
        using var push = new PushSocket();
        push.Options.SendHighWatermark = 0;
        push.Connect(await Endpoint(tap));
        for (var i = 0; i < many; i++) push.SendFrame($"{i}");
        Assert.Equal("0", pull.ReceiveFrameString());

        var stopping = tap.Stop();

        for (var i = 1; i < many; i++)
        {
            Assert.True(pull.TryReceiveFrameBytes(PeerProcess.Patience, out var message), $"message {i} did not come");
            Assert.Equal($"{i}", System.Text.Encoding.UTF8.GetString(message));
        }
        Assert.Equal(0, await stopping);
        await tap.Expect($"{many} messages forward");
    }

    [SkippableTheory]
    [InlineData("pull-push", "PUSH", "PULL", null)]
    [InlineData("pull-push", "PUSH", "PULL", "10")]
    [InlineData("sub-pub", "PUB", "SUB", null)]
    [InlineData("sub-pub", "PUB", "SUB", "10")]
    [InlineData("pair-pair", "PAIR", "PAIR", null)]
    public async Task Of_messages_under_way_at_Ctrl_C_none_is_lost_without_being_counted(string type, string sender, string receiver, string? highWaterMark)
    {
        const int Many = 30_000;
        var (sink, back) = await PythonPeer.Bind(log, "sink", receiver);
        await using var theirs = sink;
        await using var tap = Start(type, back, ["--quiet", "--output", "json", "--drain", "40s", .. highWaterMark is null ? Array.Empty<string>() : ["--hwm", highWaterMark]]);
        await using var burst = PythonPeer.Connect(log, "burst", await Endpoint(tap), sender, $"{Many}");
        // Handed to libzmq, which sends them in the background.
        await burst.Expect($"sent {Many}");

        await tap.Stop();

        var summary = JsonDocument.Parse(await tap.Expect("\"undelivered\"")).RootElement;
        var (passed, dropped, undelivered) = (summary.GetProperty("forward").GetInt64(), summary.GetProperty("dropped").GetInt64(), summary.GetProperty("undelivered").GetInt64());
        Assert.Equal(Many, passed + (sender == "PUB" ? 0 : dropped) + undelivered);
        await sink.Expect($"total {Many - dropped - undelivered}");
        if (sender != "PUB") Assert.Equal((0, 0), (dropped, undelivered));
    }

    [SkippableFact]
    public async Task A_tap_whose_sender_goes_on_ends_when_its_time_is_over()
    {
        using var pull = new PullSocket("@tcp://127.0.0.1:0");
        await using var tap = Start("pull-push", pull.Options.LastEndpoint!, "--quiet", "--drain", "1s");
        using var push = new PushSocket();
        push.Connect(await Endpoint(tap));
        using var end = new CancellationTokenSource();
        var goingOn = Task.Run(() =>
        {
            while (!end.IsCancellationRequested) push.TrySendFrame(TimeSpan.FromMilliseconds(10), new byte[100]);
        });
        Assert.Equal(100, pull.ReceiveFrameBytes().Length);
        var taking = Task.Run(() =>
        {
            while (!end.IsCancellationRequested) pull.TryReceiveFrameBytes(TimeSpan.FromMilliseconds(10), out _);
        });

        // With 0 or with 1, as the last message may have come when its time was over.
        await tap.Stop();

        await tap.Expect(" messages forward (");
        await end.CancelAsync();
        await Task.WhenAll(goingOn, taking);
    }

    [SkippableFact]
    public async Task A_receiver_that_takes_nothing_makes_the_sender_wait()
    {
        using var front = new PullSocket("@tcp://127.0.0.1:0");
        var nobody = HostProcess.FreeEndpoint();
        await using var tap = Start("pull-push", nobody, "--hwm", "5", "--drain", "200ms");
        using var push = new PushSocket();
        push.Options.SendHighWatermark = 5;
        push.Connect(await Endpoint(tap));
        var big = new byte[1 << 20];
        var sent = 0;
        while (push.TrySendFrame(TimeSpan.FromSeconds(2), big)) Assert.InRange(++sent, 1, 200);

        // It could pass nothing on, and says so.
        Assert.Equal(1, await tap.Stop());
        await tap.Expect("0 messages forward");
    }

    [SkippableFact]
    public async Task A_tap_of_news_ends_while_the_publisher_goes_on()
    {
        var (pub, back) = await PythonPeer.Bind(log, "secured", "pub", "null");
        await using var theirs = pub;
        await using var tap = Start("pub-sub", back, "--drain", "50s");
        using var sub = new SubscriberSocket();
        sub.Subscribe("news");
        sub.Connect(await Endpoint(tap));
        Assert.StartsWith("news", sub.ReceiveFrameString(), StringComparison.Ordinal);

        Assert.Equal(0, await tap.Stop());
    }

    [SkippableFact]
    public async Task A_tap_ends_after_its_count_and_cuts_long_frames()
    {
        using var pull = new PullSocket("@tcp://127.0.0.1:0");
        await using var tap = Start("pull-push", pull.Options.LastEndpoint!, "--count", "2", "--length", "4");
        using var push = new PushSocket();
        push.Connect(await Endpoint(tap));
        push.SendFrame("hello there");
        push.SendFrame([1, 2, 3, 4, 5, 6]);

        Assert.Equal("hello there", pull.ReceiveFrameString());
        Assert.Equal(6, pull.ReceiveFrameBytes().Length);
        Assert.Equal(0, await tap.End());
        Assert.Contains(tap.Seen, line => line.EndsWith("11 B \"hell\"...+7", StringComparison.Ordinal));
        Assert.Contains(tap.Seen, line => line.EndsWith("6 B 0x01020304...+2", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("--bind tcp://127.0.0.1:* --type pull-push", "a tap has two ends")]
    [InlineData("--bind tcp://127.0.0.1:* --connect tcp://127.0.0.1:1 --type pull-pub", "pull-pub")]
    [InlineData("--bind tcp://127.0.0.1:* --connect nowhere --type pull-push", "nowhere")]
    public async Task A_mistake_of_the_command_line_is_named(string arguments, string said)
    {
        var (code, lines) = await VerbRun.ToEnd(log, ["tap", .. arguments.Split(' ')]);
        Assert.Equal(2, code);
        Assert.Contains(lines, line => line.Contains(said, StringComparison.Ordinal));
    }
}
