using Actors;
using Actors.Transport;
using Akka.Actor;
using Benchmarks.Wire;

namespace Benchmarks.Roles;

/// <summary>
/// The flow of a broadcast without a drop, as between the sockets: after each batch that the subscriber has, it tells the
/// publisher so, and the publisher is never more than a window of batches ahead. A SUB can tell only by its subscriptions: it
/// subscribes to a topic that nobody publishes, and ends that, in turn.
/// </summary>
internal static class BroadcastFlow
{
    public const int Batch = 64;
    public const int Window = 8;

    public static ReadOnlyMemory<byte> Acknowledgement { get; } = "acknowledged"u8.ToArray();
}

/// <summary>Publishes as many batches as the subscriber is ready for, from its first subscription on.</summary>
internal sealed class BroadcastProducer : UntypedActor
{
    private readonly IActorRef _role;
    private readonly byte[] _payload;
    private readonly Counting _counting = new(new Timing(0.5, double.MaxValue));

    public BroadcastProducer(IActorRef role, int size)
    {
        _role = role;
        _payload = new byte[size];
    }

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(TopicSubscribed));
        Context.System.EventStream.Subscribe(Self, typeof(TopicUnsubscribed));
    }

    protected override void OnReceive(object message)
    {
        var topic = message is TopicSubscribed subscribed ? subscribed.Prefix : ((TopicUnsubscribed)message).Prefix;
        if (topic.Span.SequenceEqual(BroadcastFlow.Acknowledgement.Span)) Publish(1);
        else if (topic.IsEmpty) Publish(BroadcastFlow.Window);
    }

    protected override void PostStop() => _counting.Print();

    private void Publish(int batches)
    {
        for (var i = 0; i < batches * BroadcastFlow.Batch; i++)
        {
            _role.Tell(new Message(_payload), Self);
            _counting.One();
        }
    }
}

/// <summary>Counts what it receives, and acknowledges each batch by a plain subscribe role.</summary>
internal sealed class BroadcastHandler : UntypedActor
{
    private readonly Counting _counting;
    private readonly IActorRef _acknowledging;
    private readonly int _size;
    private int _inBatch;
    private bool _subscribed;

    /// <param name="work">The size of a message, and how long to measure.</param>
    /// <param name="acknowledging">The role by which it acknowledges; null is its own.</param>
    public BroadcastHandler(RoleWork work, IActorRef? acknowledging)
    {
        _counting = new Counting(work.Timing);
        _size = work.Size;
        _acknowledging = acknowledging ?? Context.Parent;
    }

    protected override void OnReceive(object message)
    {
        if (message is not Message received) throw new InvalidOperationException($"Expected were only messages, but there is {message}.");
        if (received.Size != _size) throw new InvalidOperationException($"A message has {received.Size} bytes, expected were {_size}.");
        _counting.One();
        if (++_inBatch < BroadcastFlow.Batch) return;
        _inBatch = 0;
        _subscribed = !_subscribed;
        _acknowledging.Tell(_subscribed ? new SubscribeTo(BroadcastFlow.Acknowledgement) : new UnsubscribeFrom(BroadcastFlow.Acknowledgement), Self);
    }

    protected override void PostStop() => _counting.Print();
}
