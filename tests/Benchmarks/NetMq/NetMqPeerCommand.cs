using System.CommandLine;
using Benchmarks.Wire;

namespace Benchmarks.NetMq;

/// <summary>The verb with which this program starts itself as one end on raw NetMQ sockets; the arguments are those of "peer".</summary>
internal static class NetMqPeerCommand
{
    public const string Verb = "netmq-peer";

    private static readonly Argument<string> Endpoint = new("endpoint") { Description = "Where to bind or connect." };
    private static readonly Argument<int> Size = new("size") { Description = "Bytes of a message." };
    private static readonly Argument<int> Count = new("count") { Description = "Subscribers, of which there is one." };
    private static readonly Argument<double> WarmUp = new("warm-up") { Description = "Seconds before measuring." };
    private static readonly Argument<double> Duration = new("duration") { Description = "Seconds of measuring." };

    public static Command Create() => new(Verb, "One end of a measurement of raw NetMQ sockets.")
    {
        Hidden = true,
        Subcommands =
        {
            Peer("pull", "Binds a PULL and measures what comes.", NetMqPeers.Pull, [WarmUp, Duration]),
            Peer("push", "Connects a PUSH and sends.", NetMqPeers.Push, []),
            Peer("rep", "Binds a REP and echoes.", NetMqPeers.Reply, []),
            Peer("req", "Connects a REQ and measures round trips.", NetMqPeers.Request, [WarmUp, Duration]),
            Peer("pub", "Binds an XPUB and publishes to one subscriber.", NetMqPeers.Publish, [Count]),
            Peer("sub", "Connects a SUB and measures what comes.", NetMqPeers.Subscribe, [Count, WarmUp, Duration]),
        },
    };

    private static Command Peer(string name, string description, Action<NetMqWork> run, Argument[] further)
    {
        var command = new Command(name, description) { Endpoint, Size };
        foreach (var argument in further) command.Arguments.Add(argument);
        command.SetAction(parsed => run(new NetMqWork(
            parsed.GetValue(Endpoint)!,
            parsed.GetValue(Size),
            further.Contains(Duration) ? new Timing(parsed.GetValue(WarmUp), parsed.GetValue(Duration)) : default)));
        return command;
    }
}
