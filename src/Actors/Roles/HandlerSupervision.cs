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
}
