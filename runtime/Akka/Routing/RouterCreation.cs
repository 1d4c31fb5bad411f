using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;

namespace Akka.Routing;

/// <summary>Where the provider turns props with a router into a reference.</summary>
internal static class RouterCreation
{
    /// <param name="system">The system of the router.</param>
    /// <param name="props">Props of the routees, with the router in their deployment.</param>
    /// <param name="supervisor">The parent of the router.</param>
    /// <param name="path">The path of the router.</param>
    public static IInternalActorRef Create(ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path) =>
        throw new ConfigurationException($"{path} has the router {props.RouterConfig.GetType()}, and this runtime has no routers yet");
}
