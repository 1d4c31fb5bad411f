using Actors.Host.Probe;
using Actors.Zmtp;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests.Probe;

/// <summary>The probe and sockets of real libzmq: what it says, and that their applications notice nothing.</summary>
public sealed class ProbeTests(ITestOutputHelper log)
{
    internal static ProbeSettings Of(string endpoint) => new() { Endpoint = endpoint, Timeout = TimeSpan.FromSeconds(20) };

    internal async Task<ProbeReport> Run(ProbeSettings settings)
    {
        var report = await Prober.Run(settings);
        log.WriteLine(report.Sentence);
        log.WriteLine(ProbeFormats.Json(report));
        return report;
    }

    public static TheoryData<string, string> Types => new()
    {
        { "pull", "ping" }, { "pub", "ping" }, { "xpub", "ping" }, { "sub", "ping" }, { "xsub", "ping" }, { "rep", "ping" }, { "router", "ping" },
        // These would give the probe their messages, so it goes no further than their greeting and their READY.
        { "push", "greeting" }, { "req", "greeting" }, { "dealer", "greeting" }, { "pair", "greeting" },
    };

    [SkippableTheory]
    [MemberData(nameof(Types))]
    public async Task The_type_of_a_socket_is_found_and_its_application_sees_nothing(string type, string by)
    {
        var (peer, endpoint) = await PythonPeer.Bind(log, "probed", type, "null");
        await using var theirs = peer;

        var report = await Run(Of(endpoint));

        Assert.Equal(ProbeOutcome.Answers, report.Outcome);
        Assert.Equal(type.ToUpperInvariant(), report.SocketType);
        Assert.Equal("3.1", report.Zmtp);
        Assert.Equal("NULL", report.Mechanism);
        Assert.Equal(by, report.RoundTripBy.ToString(), ignoreCase: true);
        Assert.InRange(report.RoundTripSeconds!.Value, 0, 20);
        Assert.Equal(type is "router" or "dealer" or "req" ? "the one" : null, report.Identity);
        if (type is "pub" or "push") return;
        await peer.WriteLine("seen");
        await peer.Expect("seen 0");
    }

    [SkippableFact]
    public async Task A_push_socket_loses_no_message_to_a_probe()
    {
        var (peer, endpoint) = await PythonPeer.Bind(log, "probed", "push", "null");
        await using var theirs = peer;
        using var pull = new PullSocket();
        pull.Connect(endpoint);
        await peer.WriteLine("send 1");
        Assert.Equal("0", pull.ReceiveFrameString());

        for (var i = 0; i < 3; i++) await Run(Of(endpoint));
        await peer.WriteLine("send 300");
        await Run(Of(endpoint));

        await peer.Expect("sent 300");
        for (var i = 0; i < 300; i++) Assert.Equal($"{i}", pull.ReceiveFrameString());
    }

    [SkippableFact]
    public async Task A_publisher_is_told_of_no_subscription()
    {
        var (peer, endpoint) = await PythonPeer.Bind(log, "probed", "xpub", "null");
        await using var theirs = peer;
        await Run(Of(endpoint));
        await peer.WriteLine("seen");
        await peer.Expect("seen 0");
    }

    [SkippableFact]
    public async Task A_type_that_was_asked_about_and_does_not_fit_is_told()
    {
        var (peer, endpoint) = await PythonPeer.Bind(log, "probed", "pull", "null");
        await using var theirs = peer;

        var wrong = await Run(Of(endpoint) with { For = ZmqSocketType.Req });
        Assert.Equal(ProbeOutcome.WrongSocketType, wrong.Outcome);
        Assert.Contains("is a PULL socket, which does not fit REQ: PUSH connects to it", wrong.Sentence, StringComparison.Ordinal);
        Assert.Equal(ProbeOutcome.Answers, (await Run(Of(endpoint) with { For = ZmqSocketType.Push })).Outcome);
    }

    [SkippableFact]
    public async Task An_ipc_endpoint_is_probed()
    {
        var folder = Directory.CreateTempSubdirectory("actors-");
        var path = Path.Combine(folder.FullName, "socket");
        await using (var peer = PythonPeer.Start(log, "probed", "bind", $"ipc://{path}", "rep", "null"))
        {
            await peer.Expect("bound ");
            Assert.Equal("REP", (await Run(Of($"ipc://{path}"))).SocketType);
        }

        // The process was killed, so the file is still there.
        var left = await Run(Of($"ipc://{path}"));
        Assert.Equal(ProbeOutcome.Refused, left.Outcome);
        Assert.Contains("nobody listens at it", left.Sentence, StringComparison.Ordinal);
        folder.Delete(recursive: true);
        Assert.Equal(ProbeOutcome.NoFile, (await Run(Of($"ipc://{path}"))).Outcome);
    }

    [SkippableFact]
    public async Task A_WebSocket_is_probed()
    {
        var (peer, endpoint) = await NodePeer.Bind(log, "rep");
        await using var theirs = peer;

        var report = await Run(Of(endpoint));

        Assert.Equal(ProbeOutcome.Answers, report.Outcome);
        Assert.Equal("REP", report.SocketType);
        Assert.Equal("NULL", report.Mechanism);
    }
}
