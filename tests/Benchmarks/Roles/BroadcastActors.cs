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
    private readonly bool _single;
    private readonly Counting _counting = new(new Timing(0.5, double.MaxValue));

    public BroadcastProducer(IActorRef role, RoleWork work)
    {
        _role = role;
        _single = work.Single;
        _payload = new byte[work.Size];
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
        for (; batches > 0; batches--)
        {
            if (_single)
            {
                for (var i = 0; i < BroadcastFlow.Batch; i++) _role.Tell(new Message(_payload), Self);
            }
            else
            {
                var messages = new Message[BroadcastFlow.Batch];
                for (var i = 0; i < messages.Length; i++) messages[i] = new Message(_payload);
                _role.Tell(new MessageBatch(messages), Self);
            }
            _counting.Add(BroadcastFlow.Batch);
        }
    }
}

/// <summary>Counts what it receives, and acknowledges each batch by a plain subscribe role.</summary>
internal class BroadcastHandler : UntypedActor
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
        switch (message)
        {
            case Message single: Take(single); break;
            case MessageBatch batch: foreach (var received in batch) Take(received); break;
            default: throw new InvalidOperationException($"Expected were only messages, but there is {message}.");
        }
    }

    private void Take(Message received)
    {
        if (received.Size != _size) throw new InvalidOperationException($"A message has {received.Size} bytes, expected were {_size}.");
        _counting.Add();
        if (++_inBatch < BroadcastFlow.Batch) return;
        _inBatch = 0;
        _subscribed = !_subscribed;
        _acknowledging.Tell(_subscribed ? new SubscribeTo(BroadcastFlow.Acknowledgement) : new UnsubscribeFrom(BroadcastFlow.Acknowledgement), Self);
    }

    protected override void PostStop() => _counting.Print();
}

/// <summary>Counts batches.</summary>
internal sealed class BroadcastBatchHandler(RoleWork work, IActorRef? acknowledging) : BroadcastHandler(work, acknowledging), IReceiveBatches;
