using System.CommandLine;
using Benchmarks.Wire;

namespace Benchmarks.Roles;

/// <summary>The verb with which this program starts itself as one end of a measurement of roles; behind the engine, the arguments are those of "peer".</summary>
internal static class RolePeerCommand
{
    public const string Verb = "role-peer";

    private static readonly Option<string> Engine = new("--engine") { Description = "The engine of the sockets.", Required = true };
    private static readonly Option<bool> Single = new("--single") { Description = "Producers and handlers use single messages instead of batches." };
    private static readonly Argument<string> Endpoint = new("endpoint") { Description = "Where to bind or connect." };
    private static readonly Argument<int> Size = new("size") { Description = "Bytes of a message." };
    private static readonly Argument<double> WarmUp = new("warm-up") { Description = "Seconds before measuring." };
    private static readonly Argument<double> Duration = new("duration") { Description = "Seconds of measuring." };

    public static Command Create() => new(Verb, "One end of a measurement of roles.")
    {
        Engine,
        Single,
        Measuring("pull", "Binds a pull role whose handler measures what comes.", RolePeer.Pull),
        Other("push", "Connects a push role that a producer sends through.", RolePeer.Push),
        Measuring("acknowledged-pull", "Binds an acknowledged pull role whose handler measures what comes.", RolePeer.AcknowledgedPull),
        Other("acknowledged-push", "Connects an acknowledged push role that a producer sends through.", RolePeer.AcknowledgedPush),
        Measuring("journal-pull", "As acknowledged-pull, with a journal.", RolePeer.JournalPull),
        Other("journal-push", "As acknowledged-push, with a journal.", RolePeer.JournalPush),
        Other("rep", "Binds a reply role whose handler echoes.", RolePeer.Reply),
        Measuring("req", "Connects a request role and measures round trips.", RolePeer.Request),
        Other("pub", "Binds a publish role that never gets ahead of its subscriber.", BroadcastRolePeer.Publish),
        Measuring("sub", "Connects a subscribe role whose handler measures what comes.", BroadcastRolePeer.Subscribe),
        Other("retained-pub", "As pub, and keeps a window for subscribers of its second endpoint.", BroadcastRolePeer.PublishRetained),
        Measuring("retained-sub", "As sub, with a retained subscription.", BroadcastRolePeer.SubscribeRetained),
    };

    private static Command Measuring(string name, string description, Action<RoleWork> run) => Peer(name, description, run, [WarmUp, Duration]);

    private static Command Other(string name, string description, Action<RoleWork> run) => Peer(name, description, run, []);

    private static Command Peer(string name, string description, Action<RoleWork> run, Argument[] timing)
    {
        var command = new Command(name, description) { Endpoint, Size };
        foreach (var argument in timing) command.Arguments.Add(argument);
        command.SetAction(parsed => run(new RoleWork(
            parsed.GetValue(Engine)!,
            parsed.GetValue(Endpoint)!,
            parsed.GetValue(Size),
            timing.Length > 0 ? new Timing(parsed.GetValue(WarmUp), parsed.GetValue(Duration)) : default,
            parsed.GetValue(Single))));
        return command;
    }
}
