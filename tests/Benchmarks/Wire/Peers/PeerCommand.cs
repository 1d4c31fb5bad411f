using System.CommandLine;

namespace Benchmarks.Wire.Peers;

/// <summary>The verb "peer", with which this program starts itself as one end of a measurement. The C program in peer/ takes the same arguments.</summary>
internal static class PeerCommand
{
    public const string Verb = "peer";

    private static readonly Argument<string> Endpoint = new("endpoint") { Description = "Where to bind or connect." };
    private static readonly Argument<int> Size = new("size") { Description = "Bytes of a message." };
    private static readonly Argument<int> Count = new("count") { Description = "Subscribers." };
    private static readonly Argument<double> WarmUp = new("warm-up") { Description = "Seconds before measuring." };
    private static readonly Argument<double> Duration = new("duration") { Description = "Seconds of measuring." };

    public static Command Create() => new(Verb, "One end of a measurement.")
    {
        Hidden = true,
        Subcommands =
        {
            Peer("pull", "Binds a PULL and measures what comes.", PipelinePeers.Pull, [WarmUp, Duration]),
            Peer("push", "Connects a PUSH and sends.", PipelinePeers.Push, []),
            Peer("curve-pull", "Binds a PULL with CURVE and measures what comes.", PipelinePeers.CurvePull, [WarmUp, Duration]),
            Peer("curve-push", "Connects a PUSH with CURVE and sends.", PipelinePeers.CurvePush, []),
            Peer("inproc", "Measures a PUSH and a PULL of two threads.", PipelinePeers.Inproc, [WarmUp, Duration]),
            Peer("rep", "Binds a REP and echoes.", RequestReplyPeers.Reply, []),
            Peer("req", "Connects a REQ and measures round trips.", RequestReplyPeers.Request, [WarmUp, Duration]),
            Peer("router", "Binds a ROUTER and echoes.", RequestReplyPeers.Router, []),
            Peer("dealer", "Connects a DEALER and measures echoes.", RequestReplyPeers.Dealer, [WarmUp, Duration]),
            Peer("pub", "Binds an XPUB and publishes to so many subscribers.", BroadcastPeers.Publish, [Count]),
            Peer("sub", "Connects so many XSUBs and measures what comes.", BroadcastPeers.Subscribe, [Count, WarmUp, Duration]),
            Peer("fan-out", "Binds an XPUB and measures how it serves so many subscribers.", BroadcastPeers.FanOut, [Count, WarmUp, Duration]),
        },
    };

    private static Command Peer(string name, string description, Action<Work> run, Argument[] further)
    {
        var command = new Command(name, description) { Endpoint, Size };
        foreach (var argument in further) command.Arguments.Add(argument);
        command.SetAction(parsed => run(new Work(
            parsed.GetValue(Endpoint)!,
            parsed.GetValue(Size),
            further.Contains(Count) ? parsed.GetValue(Count) : 1,
            further.Contains(Duration) ? new Timing(parsed.GetValue(WarmUp), parsed.GetValue(Duration)) : default)));
        return command;
    }
}
