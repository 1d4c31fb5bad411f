using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>How roles supervise their handlers.</summary>
internal static class HandlerSupervision
{
    /// <summary>
    /// Akka's default directives. Nobody tries the message again that a handler failed on, so it is counted as dropped.
    /// </summary>
    public static SupervisorStrategy CountingFailures(string role, EventStream events) =>
        new OneForOneStrategy(cause =>
        {
            var directive = Akka.Actor.SupervisorStrategy.DefaultDecider.Decide(cause);
            // A handler that cannot even be created had no message.
            if (cause is not ActorInitializationException) events.Publish(new MessagesDropped(role, 1, DropReason.HandlerFailed));
            return directive;
        });

    /// <summary>
    /// Akka's default directives; the supervisor tells itself <see cref="HandlerFailed"/>. It comes between the answers to the
    /// barriers before and the answer behind what the handler failed on, because the handler goes on only after the decision.
    /// </summary>
    public static SupervisorStrategy TellingFailures(IActorRef supervisor) =>
        new OneForOneStrategy(cause =>
        {
            supervisor.Tell(new HandlerFailed(cause), supervisor);
            return Akka.Actor.SupervisorStrategy.DefaultDecider.Decide(cause);
        });
}

/// <summary>A supervisor to itself: its handler has failed on what it was told behind the last barrier that it has answered.</summary>
internal sealed record HandlerFailed(Exception Cause);
