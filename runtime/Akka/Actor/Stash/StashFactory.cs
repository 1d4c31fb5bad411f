using Akka.Actor.Internal;

namespace Akka.Actor;

public static class StashFactory
{
    /// <summary>The stash that an actor of class <typeparamref name="T"/> needs.</summary>
    public static IStash CreateStash<T>(this IActorContext context)
        where T : ActorBase => CreateStash(context, typeof(T));

    public static IStash CreateStash(this IActorContext context, IActorStash actorInstance) => CreateStash(context, actorInstance.GetType());

    public static IStash CreateStash(this IActorContext context, Type actorType)
    {
        if (typeof(IWithBoundedStash).IsAssignableFrom(actorType))
            return new BoundedStashImpl(context);
        if (typeof(IWithUnrestrictedStash).IsAssignableFrom(actorType))
            return HasCapacity(context) ? new BoundedStashImpl(context) : new UnboundedStashImpl(context);
        throw new ArgumentException($"Actor {actorType} implements none of the stash interfaces (IWithStash, IWithUnboundedStash, IWithBoundedStash, IWithUnrestrictedStash)", nameof(actorType));
    }

    private static bool HasCapacity(IActorContext context) =>
        context.Props.Deploy.StashCapacity > 0 ||
        context.System.Mailboxes.StashCapacity(context.Props.Dispatcher, context.Props.Mailbox) >= 0;
}
