using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Akka.Remote;

namespace Actors.Grains.Clustering;

/// <summary>
/// Ends this node's membership when another member has shut it out. A node that wakes after a long freeze finds old heartbeats in its sockets. They make
/// it count other nodes as reachable, so it may take itself for the majority and go on alone for ever, although those nodes have shut it out. They refuse
/// its next association, and that is what this actor hears of.
/// </summary>
internal sealed class QuarantineWatch : ReceiveActor
{
    public QuarantineWatch()
    {
        var cluster = Cluster.Get(Context.System);
        var log = Context.GetLogger();
        Receive<ThisActorSystemQuarantinedEvent>(told =>
        {
            // Nodes that this one has shut out refuse it as well; and others know nothing of this cluster.
            if (cluster.State.Members.All(member => member.Address != told.RemoteAddress || member.Status is MemberStatus.Down or MemberStatus.Removed)) return;
            log.Warning("{0}", $"node {told.RemoteAddress} has shut this node out");
            cluster.Down(cluster.SelfAddress);
        });
    }

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(ThisActorSystemQuarantinedEvent));

    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);
}
