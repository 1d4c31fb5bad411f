using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Dispatch;

namespace Akka.Routing;

/// <summary>The reference of a router.</summary>
internal sealed class RoutedActorRef(
    ActorSystemImpl system,
    Props routerProps,
    MessageDispatcher routerDispatcher,
    MailboxType routerMailbox,
    Props routeeProps,
    IInternalActorRef supervisor,
    ActorPath path) : LocalActorRef(system, routerProps, routerDispatcher, routerMailbox, supervisor, path)
{
    // Set before the constructor of the base class runs, which makes the cell.
    private readonly Props _routeeProps = routeeProps;

    /// <param name="props">The routees' props, with the router configuration that applies.</param>
    public static RoutedActorRef Create(ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path)
    {
        var config = props.RouterConfig;
        config.VerifyConfig(path);

        var routeeProps = props.WithRouter(NoRouter.Instance);
        if (config is Pool && !system.Dispatchers.HasDispatcher(routeeProps.Dispatcher))
        {
            throw new ConfigurationException($"Dispatcher [{routeeProps.Dispatcher}] not configured for the routees of {path}");
        }

        if (!system.Dispatchers.HasDispatcher(config.RouterDispatcher))
        {
            throw new ConfigurationException($"Dispatcher [{config.RouterDispatcher}] not configured for router {path}");
        }

        var routerProps = Akka.Actor.Props.CreateBy(new RouterActorProducer(config))
            .WithDeploy(new Deploy(config).WithDispatcher(config.RouterDispatcher));
        var dispatcher = system.Dispatchers.Lookup(config.RouterDispatcher);
        var mailbox = system.Mailboxes.GetMailboxType(routerProps, dispatcher.Configurator.Config);
        return new RoutedActorRef(system, routerProps, dispatcher, mailbox, routeeProps, supervisor, path);
    }

    protected override ActorCell NewActorCell(
        ActorSystemImpl system, IInternalActorRef self, Props props, MessageDispatcher dispatcher, IInternalActorRef supervisor) =>
        props.RouterConfig is Pool { Resizer: { } resizer }
            ? new ResizablePoolCell(system, self, props, dispatcher, _routeeProps, supervisor, resizer)
            : new RoutedActorCell(system, self, props, dispatcher, _routeeProps, supervisor);
}
