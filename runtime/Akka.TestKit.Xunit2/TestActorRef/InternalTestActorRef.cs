using System.Globalization;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Pattern;

namespace Akka.TestKit.Internal;

/// <summary>A reference to an actor that runs on the calling thread and whose object can be reached.</summary>
public class InternalTestActorRef : LocalActorRef
{
    private static long s_number;

    private InternalTestActorRef(
        ActorSystemImpl system,
        Props props,
        MessageDispatcher dispatcher,
        MailboxType mailboxType,
        IInternalActorRef supervisor,
        ActorPath path)
        : base(system, props, dispatcher, mailboxType, supervisor, path)
    {
    }

    /// <summary>The actor object.</summary>
    /// <exception cref="IllegalStateException">The actor has stopped.</exception>
    public object UnderlyingActor
    {
        get
        {
            var cell = GetTestActorCell();
            if (IsTerminated)
            {
                throw new IllegalStateException($"The underlying actor of [{Path}] is terminated.");
            }

            // On another dispatcher than that of the calling thread the object may not be there yet.
            return cell.Actor
                ?? this.Ask<object>(InternalGetActor.Instance, TestKitExtension.For(System).DefaultTimeout).GetAwaiter().GetResult();
        }
    }

    public static InternalTestActorRef Create(ActorSystem system, Props props, IActorRef? supervisor = null, string? name = null)
    {
        var systemImpl = (ActorSystemImpl)system;
        var parent = (IInternalActorRef)(supervisor ?? systemImpl.Guardian);
        var childName = name ?? CreateUniqueName();
        var calling = props.Deploy.Dispatcher is null or "" || props.Dispatcher == Dispatchers.DefaultDispatcherId
            ? props.WithDispatcher(CallingThreadDispatcher.Id)
            : props;
        var dispatcher = system.Dispatchers.Lookup(calling.Dispatcher);
        var mailbox = system.Mailboxes.GetMailboxType(calling, dispatcher.Configurator.Config);
        var parentCell = ((parent as ActorRefWithCell)?.Underlying as ActorCell)
            ?? throw new ArgumentException($"The supervisor of a TestActorRef must be a local actor, but is [{parent}].", nameof(supervisor));
        parentCell.ReserveChild(childName);
        var path = new ChildActorPath(parent.Path, childName, ActorCell.NewUid());
        var reference = new InternalTestActorRef(systemImpl, calling, dispatcher, mailbox, parent, path);
        parentCell.InitChild(reference);
        reference.Start();
        return reference;
    }

    public static string CreateUniqueName() =>
        string.Create(CultureInfo.InvariantCulture, $"$$test{Interlocked.Increment(ref s_number)}");

    /// <summary>Lets the actor process a message at once, past its mailbox; what it throws reaches the caller.</summary>
    public void Receive(object message, IActorRef? sender = null)
    {
        var from = sender ?? ActorCell.GetCurrentSelfOrNoSender();
        GetTestActorCell().UseThreadContext(() => GetTestActorCell().ReceiveMessageForTest(new Envelope(message, from)));
    }

    public void Watch(IActorRef subject) => GetTestActorCell().UseThreadContext(() => GetTestActorCell().Watch(subject));

    public void Unwatch(IActorRef subject) => GetTestActorCell().UseThreadContext(() => GetTestActorCell().Unwatch(subject));

    public override string ToString() => $"TestActor[{Path}]";

    protected TestActorCell GetTestActorCell() => (TestActorCell)Cell;

    protected override ActorCell NewActorCell(
        ActorSystemImpl system, IInternalActorRef self, Props props, MessageDispatcher dispatcher, IInternalActorRef supervisor) =>
        new TestActorCell(system, self, props, dispatcher, supervisor);

    /// <summary>The cell of such an actor.</summary>
    protected class TestActorCell : ActorCell
    {
        public TestActorCell(
            ActorSystemImpl system, IInternalActorRef self, Props props, MessageDispatcher dispatcher, IInternalActorRef parent)
            : base(system, self, props, dispatcher, parent)
        {
        }

        public new object? Actor => base.Actor;

        protected override void AutoReceiveMessage(Envelope envelope)
        {
            if (envelope.Message is InternalGetActor)
            {
                Sender.Tell(Actor!);
            }
            else
            {
                base.AutoReceiveMessage(envelope);
            }
        }
    }

    private sealed class InternalGetActor : IAutoReceivedMessage, IPossiblyHarmful
    {
        public static readonly InternalGetActor Instance = new();
    }
}
