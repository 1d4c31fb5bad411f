using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Actors.Grains.Runtime;

/// <summary>
/// The mailbox of a grain's entity actor, which is empty nearly always: the calls of this node go past it. Akka's own keeps room for
/// 32 messages, 1.1 KB a grain; this one takes memory for a message only.
/// </summary>
internal sealed class EntityMailbox(Settings settings, Config config) : MailboxType(settings, config), IProducesMessageQueue<EntityMailbox.Queue>
{
    /// <summary>Its path in the configuration.</summary>
    public const string Path = "actors.grains.entity-mailbox";

    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new Queue();

    /// <summary>Any thread puts a message on a stack; the actor takes the whole stack and turns it round.</summary>
    internal sealed class Queue : IMessageQueue, IUnboundedMessageQueueSemantics
    {
        private Node? _newest;
        private Node? _oldest;

        public bool HasMessages => Volatile.Read(ref _oldest) is not null || Volatile.Read(ref _newest) is not null;

        public int Count => Length(Volatile.Read(ref _oldest)) + Length(Volatile.Read(ref _newest));

        public void Enqueue(IActorRef receiver, Envelope envelope)
        {
            var node = new Node(envelope);
            var head = Volatile.Read(ref _newest);
            while (true)
            {
                node.Next = head;
                var seen = Interlocked.CompareExchange(ref _newest, node, head);
                if (ReferenceEquals(seen, head)) return;
                head = seen;
            }
        }

        public bool TryDequeue(out Envelope envelope)
        {
            var next = _oldest ?? InOrder(Interlocked.Exchange(ref _newest, null));
            if (next is null)
            {
                envelope = default;
                return false;
            }
            envelope = next.Envelope;
            Volatile.Write(ref _oldest, next.Next);
            return true;
        }

        public void CleanUp(IActorRef owner, IMessageQueue deadletters)
        {
            while (TryDequeue(out var envelope)) deadletters.Enqueue(owner, envelope);
        }

        private static Node? InOrder(Node? newest)
        {
            Node? done = null;
            while (newest is not null) (newest.Next, done, newest) = (done, newest, newest.Next);
            return done;
        }

        private static int Length(Node? node)
        {
            var length = 0;
            for (; node is not null; node = node.Next) length++;
            return length;
        }

        private sealed class Node(Envelope envelope)
        {
            public Envelope Envelope => envelope;

            public Node? Next { get; set; }
        }
    }
}
