using Actors.Host.Probe;
using Actors.Zmtp;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests.Probe;

/// <summary>The probe and secured sockets of real libzmq: with the right credentials, with wrong ones, and with none.</summary>
public sealed class SecuredProbeTests(ITestOutputHelper log)
{
    private static readonly CurveKeyPair Server = new();
    private static readonly CurveKeyPair Joe = new();

    private static ProbeCredentials JoesKey => ProbeCredentials.Curve(Joe, Server.PublicKey);

    private async Task<ProbeReport> Run(string endpoint, ProbeCredentials credentials, bool mayTake = false)
    {
        var report = await Prober.Run(ProbeTests.Of(endpoint) with { Credentials = credentials, MayTakeMessages = mayTake });
        log.WriteLine(report.Sentence);
        return report;
    }

    private Task<(PythonPeer Peer, string Endpoint)> CurveServer(string type, string client = "any") =>
        PythonPeer.Bind(log, "probed", type, "curve", Server.PublicKeyZ85, Server.SecretKeyZ85!, client);

    [SkippableTheory]
    [InlineData("pull")]
    [InlineData("pub")]
    [InlineData("xpub")]
    [InlineData("sub")]
    [InlineData("rep")]
    [InlineData("router")]
    public async Task A_curve_server_is_probed_with_its_key(string type)
    {
        var (peer, endpoint) = await CurveServer(type, Joe.PublicKeyZ85);
        await using var theirs = peer;

        var report = await Run(endpoint, JoesKey);

        Assert.Equal(ProbeOutcome.Answers, report.Outcome);
        Assert.Equal(type.ToUpperInvariant(), report.SocketType);
        Assert.Equal("CURVE", report.Mechanism);
        Assert.Equal(RoundTripKind.Greeting, report.RoundTripBy);
        if (type == "pub") return;
        await peer.WriteLine("seen");
        await peer.Expect("seen 0");
    }

    [SkippableFact]
    public async Task Of_a_curve_server_that_would_give_its_messages_the_types_that_it_may_have_are_told()
    {
        var (peer, endpoint) = await CurveServer("push");
        await using var theirs = peer;

        var report = await Run(endpoint, JoesKey);
        Assert.Equal(ProbeOutcome.Answers, report.Outcome);
        Assert.Null(report.SocketType);
        Assert.Contains("PUSH", report.PossibleSocketTypes!);
        Assert.Equal("PUSH", (await Run(endpoint, JoesKey, mayTake: true)).SocketType);
    }

    [SkippableFact]
    public async Task A_key_that_is_not_the_servers_is_told()
    {
        var (peer, endpoint) = await CurveServer("rep");
        await using var theirs = peer;
        var report = await Run(endpoint, ProbeCredentials.Curve(Joe, new CurveKeyPair().PublicKey));
        Assert.Equal(ProbeOutcome.WrongServerKey, report.Outcome);
    }

    [SkippableFact]
    public async Task A_key_that_the_server_does_not_let_in_is_told()
    {
        var (peer, endpoint) = await CurveServer("rep", Joe.PublicKeyZ85);
        await using var theirs = peer;
        var report = await Run(endpoint, ProbeCredentials.Curve(new CurveKeyPair(), Server.PublicKey));
        Assert.Equal(ProbeOutcome.NotAllowed, report.Outcome);
        Assert.Contains("does not let this key in", report.Sentence, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_mechanism_that_a_server_wants_is_told()
    {
        var (curve, curveEndpoint) = await CurveServer("rep");
        await using var theirCurve = curve;
        var (plain, plainEndpoint) = await PythonPeer.Bind(log, "probed", "pull", "plain", "joe", "secret");
        await using var theirPlain = plain;
        var (open, openEndpoint) = await PythonPeer.Bind(log, "probed", "pull", "null");
        await using var theirOpen = open;

        var wantsCurve = await Run(curveEndpoint, ProbeCredentials.None);
        Assert.Equal((ProbeOutcome.WrongMechanism, "CURVE", "3.1"), (wantsCurve.Outcome, wantsCurve.Mechanism, wantsCurve.Zmtp));
        var wantsPlain = await Run(plainEndpoint, JoesKey);
        Assert.Equal((ProbeOutcome.WrongMechanism, "PLAIN"), (wantsPlain.Outcome, wantsPlain.Mechanism));
        var wantsNone = await Run(openEndpoint, JoesKey);
        Assert.Equal((ProbeOutcome.WrongMechanism, "NULL"), (wantsNone.Outcome, wantsNone.Mechanism));
        Assert.Contains("leave the credentials away", wantsNone.Sentence, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_application_of_a_plain_server_sees_nothing_of_a_probe()
    {
        var (peer, endpoint) = await PythonPeer.Bind(log, "probed", "pull", "plain", "joe", "secret");
        await using var theirs = peer;

        var report = await Run(endpoint, ProbeCredentials.Plain("joe", "secret"));
        Assert.Equal(("PULL", RoundTripKind.Greeting), (report.SocketType, report.RoundTripBy));
        await peer.WriteLine("seen");
        await peer.Expect("seen 0");
    }

    [SkippableFact]
    public async Task A_plain_server_is_probed_with_the_right_password_and_a_wrong_one()
    {
        var (peer, endpoint) = await PythonPeer.Bind(log, "probed", "router", "plain", "joe", "secret");
        await using var theirs = peer;

        Assert.Equal("ROUTER", (await Run(endpoint, ProbeCredentials.Plain("joe", "secret"))).SocketType);
        var wrong = await Run(endpoint, ProbeCredentials.Plain("joe", "guess"));
        Assert.Equal(ProbeOutcome.NotAllowed, wrong.Outcome);
        Assert.DoesNotContain("guess", wrong.Sentence, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task An_address_that_is_not_let_in_is_told()
    {
        var (peer, endpoint) = await PythonPeer.Bind(log, "probed", "pull", "address");
        await using var theirs = peer;
        var report = await Run(endpoint, ProbeCredentials.None);
        Assert.Equal(ProbeOutcome.NotAllowed, report.Outcome);
        Assert.Contains("this address", report.Sentence, StringComparison.Ordinal);
    }
}
