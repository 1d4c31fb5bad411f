using Actors.Host.Probe;
using Actors.Zmtp;
using Xunit.Abstractions;

namespace Host.Tests.Probe;

/// <summary>The probe and sockets of our engine, which tell their type last.</summary>
public sealed class OwnPeerTests(ITestOutputHelper log)
{
    private async Task<ProbeReport> Run(ProbeSettings settings)
    {
        var report = await Prober.Run(settings).WaitAsync(TimeSpan.FromSeconds(60));
        log.WriteLine(report.Sentence);
        return report;
    }

    private static ZmqSocket Create(string type) => type switch
    {
        "PUSH" => new PushSocket(),
        "PULL" => new PullSocket(),
        "PUB" => new PublisherSocket(),
        "SUB" => new SubscriberSocket(),
        "XPUB" => new XPublisherSocket(),
        "XSUB" => new XSubscriberSocket(),
        "REQ" => new RequestSocket(),
        "REP" => new ResponseSocket(),
        "DEALER" => new DealerSocket(),
        "ROUTER" => new RouterSocket(),
        _ => new PairSocket(),
    };

    [Theory]
    [InlineData("PUSH")]
    [InlineData("PULL")]
    [InlineData("PUB")]
    [InlineData("SUB")]
    [InlineData("XPUB")]
    [InlineData("XSUB")]
    [InlineData("REQ")]
    [InlineData("REP")]
    [InlineData("DEALER")]
    [InlineData("ROUTER")]
    [InlineData("PAIR")]
    public async Task The_type_of_a_socket_is_found(string type)
    {
        foreach (var transport in (string[])["tcp://127.0.0.1:0", "ws://127.0.0.1:0/here"])
        {
            using var socket = Create(type);
            socket.Bind(transport);

            var report = await Run(new ProbeSettings { Endpoint = socket.Options.LastEndpoint! });

            Assert.Equal((ProbeOutcome.Answers, type), (report.Outcome, report.SocketType));
            Assert.False(socket.HasIn);
            Assert.Equal(0, socket.GetStatistics().Total.MessagesOut);
        }
    }

    [Fact]
    public async Task A_push_socket_is_not_let_give_its_messages()
    {
        using var push = new PushSocket("@tcp://127.0.0.1:0");
        var report = await Run(new ProbeSettings { Endpoint = push.Options.LastEndpoint! });
        Assert.Equal("PUSH", report.SocketType);
        // A PUSH that had a peer would take it.
        Assert.False(push.TrySendFrame("for nobody"));
    }

    [Fact]
    public async Task A_curve_server_is_probed_over_WebSocket()
    {
        var keys = new CurveKeyPair();
        using var socket = new ResponseSocket();
        socket.Options.CurveKeys = keys;
        socket.Options.CurveServer = true;
        socket.Bind("ws://127.0.0.1:0/here");
        var settings = new ProbeSettings { Endpoint = socket.Options.LastEndpoint! };

        var open = await Run(settings);
        Assert.Equal((ProbeOutcome.WrongMechanism, "CURVE"), (open.Outcome, open.Mechanism));
        var report = await Run(settings with { Credentials = ProbeCredentials.Curve(new CurveKeyPair(), keys.PublicKey) });
        Assert.Equal((ProbeOutcome.Answers, "REP"), (report.Outcome, report.SocketType));
        Assert.Equal(ProbeOutcome.NotZmtp, (await Run(settings with { Endpoint = settings.Endpoint + "/elsewhere" })).Outcome);
    }
}
