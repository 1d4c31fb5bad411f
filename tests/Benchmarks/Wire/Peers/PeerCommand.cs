using System.CommandLine;

namespace Benchmarks.Wire.Peers;

/// <summary>The verb "peer", with which this program starts itself as one end of a measurement. The C program in peer/ takes the same arguments.</summary>
internal static class PeerCommand
{
    public const string Verb = "peer";

    public static Command Create()
    {
        var size = new Argument<int>("size") { Description = "Bytes of a message." };
        var endpoint = new Argument<string>("endpoint") { Description = "Where to bind or connect." };
        var warmUp = new Argument<double>("warm-up") { Description = "Seconds before measuring." };
        var duration = new Argument<double>("duration") { Description = "Seconds of measuring." };

        var pull = new Command("pull", "Binds a PULL and measures what comes.") { endpoint, size, warmUp, duration };
        pull.SetAction(parsed => PullPeer.Run(parsed.GetValue(endpoint)!, parsed.GetValue(size), parsed.GetValue(warmUp), parsed.GetValue(duration)));
        var push = new Command("push", "Connects a PUSH and sends.") { endpoint, size };
        push.SetAction(parsed => PushPeer.Run(parsed.GetValue(endpoint)!, parsed.GetValue(size)));
        var rep = new Command("rep", "Binds a REP and echoes.") { endpoint, size };
        rep.SetAction(parsed => ReplyPeer.Run(parsed.GetValue(endpoint)!, parsed.GetValue(size)));
        var req = new Command("req", "Connects a REQ and measures round trips.") { endpoint, size, warmUp, duration };
        req.SetAction(parsed => RequestPeer.Run(parsed.GetValue(endpoint)!, parsed.GetValue(size), parsed.GetValue(warmUp), parsed.GetValue(duration)));
        return new Command(Verb, "One end of a measurement.") { Hidden = true, Subcommands = { pull, push, rep, req } };
    }
}
