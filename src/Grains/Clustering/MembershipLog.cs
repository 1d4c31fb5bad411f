using Akka.Actor;
using Akka.Cluster;
using Akka.Event;

namespace Actors.Grains.Clustering;

/// <summary>Logs each change of the cluster in one line that an operator can read.</summary>
internal sealed class MembershipLog : ReceiveActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Cluster _cluster = Cluster.Get(Context.System);

    // Of the members that are up, whether each can be reached. Cluster.State is a view that may learn of an event after its other subscribers.
    private readonly Dictionary<UniqueAddress, bool> _up = [];

    public MembershipLog()
    {
        Receive<ClusterEvent.MemberUp>(up =>
        {
            _up[up.Member.UniqueAddress] = true;
            Info($"{Node(up.Member)} is up; {Members()}");
        });
        Receive<ClusterEvent.MemberLeft>(left => Info($"{Node(left.Member)} leaves in order"));
        Receive<ClusterEvent.UnreachableMember>(gone =>
        {
            SetReachable(gone.Member, false);
            _log.Warning("{0}", $"{Node(gone.Member)} cannot be reached; {Members()}");
        });
        Receive<ClusterEvent.ReachableMember>(back =>
        {
            SetReachable(back.Member, true);
            Info($"{Node(back.Member)} can be reached again; {Members()}");
        });
        Receive<ClusterEvent.MemberDowned>(downed =>
        {
            _up.Remove(downed.Member.UniqueAddress);
            _log.Warning("{0}", $"{Node(downed.Member)} is shut out: the cluster goes on without it");
        });
        Receive<ClusterEvent.MemberRemoved>(removed =>
        {
            _up.Remove(removed.Member.UniqueAddress);
            Info($"{Node(removed.Member)} has gone; {Members()}");
        });
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

    private void SetReachable(Member member, bool isReachable)
    {
        if (_up.ContainsKey(member.UniqueAddress)) _up[member.UniqueAddress] = isReachable;
    }

    private string Members()
    {
        var unreachable = _up.Values.Count(isReachable => !isReachable);
        return unreachable == 0 ? $"{_up.Count} up" : $"{_up.Count} up, {unreachable} of them unreachable";
    }
}
