using System.CommandLine;

namespace Benchmarks.Roles;

/// <summary>The verb with which this program starts itself as one end of a measurement of roles; the arguments are those of "peer".</summary>
internal static class RolePeerCommand
{
    public const string Verb = "role-peer";

    public static Command Create()
    {
        var size = new Argument<int>("size") { Description = "Bytes of a message." };
        var endpoint = new Argument<string>("endpoint") { Description = "Where to bind or connect." };
        var warmUp = new Argument<double>("warm-up") { Description = "Seconds before measuring." };
        var duration = new Argument<double>("duration") { Description = "Seconds of measuring." };

        var pull = new Command("pull", "Binds a pull role whose handler measures what comes.") { endpoint, size, warmUp, duration };
        pull.SetAction(parsed => RolePeer.Pull(parsed.GetValue(endpoint)!, parsed.GetValue(size), parsed.GetValue(warmUp), parsed.GetValue(duration)));
        var push = new Command("push", "Connects a push role that a producer sends through.") { endpoint, size };
        push.SetAction(parsed => RolePeer.Push(parsed.GetValue(endpoint)!, parsed.GetValue(size)));
        var acknowledgedPull = new Command("acknowledged-pull", "Binds an acknowledged pull role whose handler measures what comes.") { endpoint, size, warmUp, duration };
        acknowledgedPull.SetAction(parsed => RolePeer.AcknowledgedPull(parsed.GetValue(endpoint)!, parsed.GetValue(size), parsed.GetValue(warmUp), parsed.GetValue(duration)));
        var acknowledgedPush = new Command("acknowledged-push", "Connects an acknowledged push role that a producer sends through.") { endpoint, size };
        acknowledgedPush.SetAction(parsed => RolePeer.AcknowledgedPush(parsed.GetValue(endpoint)!, parsed.GetValue(size)));
        var journalPull = new Command("journal-pull", "As acknowledged-pull, with a journal.") { endpoint, size, warmUp, duration };
        journalPull.SetAction(parsed => RolePeer.JournalPull(parsed.GetValue(endpoint)!, parsed.GetValue(size), parsed.GetValue(warmUp), parsed.GetValue(duration)));
        var journalPush = new Command("journal-push", "As acknowledged-push, with a journal.") { endpoint, size };
        journalPush.SetAction(parsed => RolePeer.JournalPush(parsed.GetValue(endpoint)!, parsed.GetValue(size)));
        var rep = new Command("rep", "Binds a reply role whose handler echoes.") { endpoint, size };
        rep.SetAction(parsed => RolePeer.Reply(parsed.GetValue(endpoint)!, parsed.GetValue(size)));
        var req = new Command("req", "Connects a request role and measures round trips.") { endpoint, size, warmUp, duration };
        req.SetAction(parsed => RolePeer.Request(parsed.GetValue(endpoint)!, parsed.GetValue(size), parsed.GetValue(warmUp), parsed.GetValue(duration)));
        var pub = new Command("pub", "Binds a publish role that never gets ahead of its subscriber.") { endpoint, size };
        pub.SetAction(parsed => BroadcastRolePeer.Publish(parsed.GetValue(endpoint)!, parsed.GetValue(size)));
        var sub = new Command("sub", "Connects a subscribe role whose handler measures what comes.") { endpoint, size, warmUp, duration };
        sub.SetAction(parsed => BroadcastRolePeer.Subscribe(parsed.GetValue(endpoint)!, parsed.GetValue(size), parsed.GetValue(warmUp), parsed.GetValue(duration)));
        var retainedPub = new Command("retained-pub", "As pub, and keeps a window for subscribers of its second endpoint.") { endpoint, size };
        retainedPub.SetAction(parsed => BroadcastRolePeer.PublishRetained(parsed.GetValue(endpoint)!, parsed.GetValue(size)));
        var retainedSub = new Command("retained-sub", "As sub, with a retained subscription.") { endpoint, size, warmUp, duration };
        retainedSub.SetAction(parsed => BroadcastRolePeer.SubscribeRetained(parsed.GetValue(endpoint)!, parsed.GetValue(size), parsed.GetValue(warmUp), parsed.GetValue(duration)));
        return new Command(Verb, "One end of a measurement of roles.") { Hidden = true, Subcommands = { pull, push, acknowledgedPull, acknowledgedPush, journalPull, journalPush, rep, req, pub, sub, retainedPub, retainedSub } };
    }
}
