using Akka.Actor;
using Akka.Cluster;
using Akka.Event;

namespace Actors.Grains.Clustering;

/// <summary>Logs each change of the cluster in one line that an operator can read.</summary>
internal sealed class MembershipLog : ReceiveActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Cluster _cluster = Cluster.Get(Context.System);

    public MembershipLog()
    {
        Receive<ClusterEvent.MemberUp>(up => Info($"{Node(up.Member)} is up; {Members()}"));
        Receive<ClusterEvent.MemberLeft>(left => Info($"{Node(left.Member)} leaves in order"));
        Receive<ClusterEvent.UnreachableMember>(gone => _log.Warning("{0}", $"{Node(gone.Member)} cannot be reached; {Members()}"));
        Receive<ClusterEvent.ReachableMember>(back => Info($"{Node(back.Member)} can be reached again"));
        Receive<ClusterEvent.MemberDowned>(downed => _log.Warning("{0}", $"{Node(downed.Member)} is shut out: the cluster goes on without it"));
        Receive<ClusterEvent.MemberRemoved>(removed => Info($"{Node(removed.Member)} has gone; {Members()}"));
        // Joining and exiting are steps on the way.
        Receive<ClusterEvent.IMemberEvent>(_ => { });
    }

    protected override void PreStart() => _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
        typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    private void Info(string text) => _log.Info("{0}", text);

    private string Node(Member member) =>
        (member.UniqueAddress == _cluster.SelfUniqueAddress ? "this node " : "node ") + member.Address +
        (member.Roles.IsEmpty ? "" : $" [{string.Join(", ", member.Roles)}]");

    private string Members()
    {
        var state = _cluster.State;
        var up = state.Members.Count(member => member.Status == MemberStatus.Up);
        return state.Unreachable.Count == 0 ? $"{up} up" : $"{up} up, {state.Unreachable.Count} of them unreachable";
    }
}
