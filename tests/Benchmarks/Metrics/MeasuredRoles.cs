using Actors;
using Actors.Transport;
using Akka.Actor;
using Benchmarks.Roles;

namespace Benchmarks.Metrics;

/// <summary>Two roles in this process, which exchange messages over tcp until they are disposed of, and how many have come.</summary>
internal sealed class MeasuredRoles : IDisposable
{
    private const int Size = 100;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ActorSystem _one;
    private readonly ActorSystem _other;
    private readonly Arrivals _arrivals = new();

    /// <exception cref="ArgumentException">There is no such row.</exception>
    public MeasuredRoles(string row, string engine)
    {
        if (!Rows.Contains(row)) throw new ArgumentException($"Unknown row \"{row}\"; expected one of {string.Join(", ", Rows)}.", nameof(row));
        var work = new RoleWork(engine, "tcp://127.0.0.1:*", Size, RoleWork.Unmeasured, row.EndsWith("-single", StringComparison.Ordinal));
        (_one, _other) = (work.NewSystem(), work.NewSystem());
        var arrivals = _arrivals;
        var isRequests = row.StartsWith("req-rep", StringComparison.Ordinal);
        var bound = new SocketSettings { Bind = [work.Endpoint] };
        var handler = work.Single || isRequests ? Props.Create(() => new Arriving(arrivals, isRequests)) : Props.Create(() => new ArrivingBatches(arrivals));
        var binds = _one.ActorOf(isRequests ? ReplyRole.Props(new ReplySettings { Name = "rep", Socket = bound }, handler) : PullRole.Props(new PullSettings { Name = "pull", Socket = bound }, handler), "role");
        var connect = new SocketSettings { Connect = binds.Ask<RoleReady>(WhenReady.Instance, s_patience).GetAwaiter().GetResult().Endpoints, Linger = TimeSpan.Zero };
        var connects = _other.ActorOf(isRequests ? RequestRole.Props(new RequestSettings { Name = "req", Socket = connect }) : PushRole.Props(new PushSettings { Name = "push", Socket = connect }), "role");
        connects.Ask<RoleReady>(WhenReady.Instance, s_patience).GetAwaiter().GetResult();
        _other.ActorOf(isRequests ? Props.Create(() => new Requester(connects, work)) : Props.Create(() => new Producer(connects, work)), "producer");
    }

    /// <summary>What can be measured: batches, single messages, and round trips.</summary>
    public static IReadOnlyList<string> Rows { get; } = ["push-pull-100", "push-pull-100-single", "req-rep-100"];

    /// <summary>Messages that the handler has been told.</summary>
    public long Arrived => Volatile.Read(ref _arrivals.Count);

    public void Dispose()
    {
        _other.Terminate().Wait(s_patience);
        _one.Terminate().Wait(s_patience);
    }

    private sealed class Arrivals
    {
        public long Count;
    }

    private class Arriving(Arrivals arrivals, bool answers) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            var count = message is MessageBatch batch ? batch.Count : 1;
            // Only this actor writes.
            Volatile.Write(ref arrivals.Count, arrivals.Count + count);
            if (answers) Sender.Tell(message, Self);
        }
    }

    private sealed class ArrivingBatches(Arrivals arrivals) : Arriving(arrivals, answers: false), IReceiveBatches;
}
