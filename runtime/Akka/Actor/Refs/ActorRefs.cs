using Akka.Util;

namespace Akka.Actor;

public static class ActorRefs
{
    /// <summary>The absence of a sender.</summary>
    public static readonly IActorRef NoSender = null!;

    public static readonly Nobody Nobody = Nobody.Instance;
}

/// <summary>Stands for an actor that does not exist; whatever it is told vanishes.</summary>
public sealed class Nobody : MinimalActorRef
{
    public static readonly Nobody Instance = new();

    private readonly ActorPath _path = new RootActorPath(Address.AllSystems, "/Nobody");

    private Nobody()
    {
    }

    public override ActorPath Path => _path;

    public override IActorRefProvider Provider => throw new NotSupportedException("Nobody belongs to no actor system and has no provider");

    public override ISurrogate ToSurrogate(ActorSystem system) => new NobodySurrogate();

    public class NobodySurrogate : ISurrogate
    {
        public ISurrogated FromSurrogate(ActorSystem system) => Instance;
    }
}

public static class ActorRefExtensions
{
    public static bool IsNobody(this IActorRef? actorRef) =>
        actorRef is null || actorRef is Nobody || actorRef is DeadLetterActorRef;

    public static IActorRef GetOrElse(this IActorRef? actorRef, Func<IActorRef> elseValue) =>
        actorRef.IsNobody() ? elseValue() : actorRef!;
}

public static class ActorRefImplicitSenderExtensions
{
    /// <summary>Tells a message; the sender is the actor whose message is being processed on this thread, if any.</summary>
    public static void Tell(this IActorRef receiver, object message)
    {
        var sender = ActorCell.GetCurrentSelfOrNoSender();
        receiver.Tell(message, sender);
    }

    /// <summary>Passes a message on with its original sender.</summary>
    public static void Forward(this IActorRef receiver, object message)
    {
        var sender = ActorCell.GetCurrentSenderOrNoSender();
        receiver.Tell(message, sender);
    }
}
