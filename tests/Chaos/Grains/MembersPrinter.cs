using Akka.Actor;
using Akka.Cluster;

namespace Chaos.Grains;

/// <summary>Prints how many members this node sees, after each change: those that are up, of all, and those that it cannot reach.</summary>
internal sealed class MembersPrinter : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private string _last = "";

    public MembersPrinter() => ReceiveAny(_ => Print());

    public ITimerScheduler Timers { get; set; } = null!;

    // What the cluster's state says lags behind the events that change it.
    protected override void PreStart() => Timers.StartPeriodicTimer("look", new object(), TimeSpan.Zero, Interval);

    private void Print()
    {
        var state = _cluster.State;
        var now = $"{NodeProgram.Members}{state.Members.Count(member => member.Status == MemberStatus.Up)} of {state.Members.Count}, unreachable {state.Unreachable.Count}";
        if (now == _last) return;
        _last = now;
        Console.WriteLine(now);
    }
}
