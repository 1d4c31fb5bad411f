using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The mailbox of every actor that has stopped: what it is given becomes a dead letter at once.</summary>
public sealed class DeadLetterMailbox : Mailbox
{
    private readonly IActorRef _deadLetters;

    public DeadLetterMailbox(IActorRef deadLetters)
        : base(new DeadLetterMessageQueue(deadLetters))
    {
        _deadLetters = deadLetters;
        BecomeClosed();
    }

    public override void CleanUp()
    {
    }

    internal override void SystemEnqueue(IActorRef receiver, SystemMessage message)
    {
        switch (message)
        {
            // Steps of a handler outlive their actor, so that its finally blocks run.
            case ActorTask { Scheduler: { } scheduler } step:
                scheduler.Abandon();
                scheduler.Execute(step.Task);
                break;
            case ActorTaskEnded ended:
                ended.Scheduler.Abandon();
                ended.Scheduler.Complete(ended.Task);
                break;
            default:
                _deadLetters.Tell(new DeadLetter(message, receiver, receiver), receiver);
                break;
        }
    }

    private sealed class DeadLetterMessageQueue(IActorRef deadLetters) : IMessageQueue
    {
        public bool HasMessages => false;

        public int Count => 0;

        public void Enqueue(IActorRef receiver, Envelope envelope)
        {
            // A dead letter that reaches a dead actor is not wrapped a second time.
            if (envelope.Message is AllDeadLetters)
                return;
            deadLetters.Tell(new DeadLetter(envelope.Message, envelope.Sender.IsNobody() ? deadLetters : envelope.Sender, receiver), envelope.Sender);
        }

        public bool TryDequeue(out Envelope envelope)
        {
            envelope = default;
            return false;
        }

        public void CleanUp(IActorRef owner, IMessageQueue deadletters)
        {
        }
    }
}
