namespace Akka.Actor;

/// <summary>How contexts and systems turn a path into a selection.</summary>
public static class ActorRefFactoryShared
{
    public static ActorSelection ActorSelection(ActorPath actorPath, ActorSystem system) =>
        new(((ExtendedActorSystem)system).Provider.RootGuardianAt(actorPath.Address), actorPath.Elements);

    public static ActorSelection ActorSelection(IActorRef anchorActorRef, string path) => new(anchorActorRef, path);

    /// <param name="path">Relative, absolute (<c>/user/a</c>) or with an address (<c>akka://system/user/a</c>).</param>
    /// <param name="system">The system to look in.</param>
    /// <param name="lookupRoot">Where a relative path starts.</param>
    public static ActorSelection ActorSelection(string path, ActorSystem system, IActorRef lookupRoot)
    {
        var provider = ((ExtendedActorSystem)system).Provider;
        if (path.Contains("://", StringComparison.Ordinal))
        {
            return ActorPath.TryParse(path, out var actorPath)
                ? new ActorSelection(provider.RootGuardianAt(actorPath.Address), actorPath.Elements)
                : new ActorSelection(provider.DeadLetters, "");
        }

        return path.StartsWith('/')
            ? new ActorSelection(provider.RootGuardian, path[1..])
            : new ActorSelection(lookupRoot, path);
    }
}

public static class ActorRefFactoryExtensions
{
    public static IActorRef ActorOf<TActor>(this IActorRefFactory factory, string? name = null)
        where TActor : ActorBase, new() => factory.ActorOf(Props.Create<TActor>(), name);

    public static ActorSelection ActorSelection(this IActorRefFactory factory, IActorRef anchorRef, string actorPath) =>
        ActorRefFactoryShared.ActorSelection(anchorRef, actorPath);
}
