using Akka.Actor;

namespace Akka.Routing;

/// <summary>
/// The head of a router: handles the management messages and notices routees that terminate. What is routed does not
/// pass through it: senders route in <see cref="RoutedActorCell"/>.
/// </summary>
internal class RouterActor : UntypedActor
{
    private readonly IActorRef? _routingLogicController;

    public RouterActor()
    {
        Cell = Context as RoutedActorCell
            ?? throw new ActorInitializationException("A router actor can only be created by a router: give Props a RouterConfig.");

        if (Cell.RouterConfig.RoutingLogicController(Cell.Router.RoutingLogic) is { } controller)
        {
            _routingLogicController = Context.ActorOf(controller, "routingLogicController");
        }
    }

    protected RoutedActorCell Cell { get; }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case GetRoutees:
                Sender.Tell(new Routees(Cell.Router.Routees));
                break;
            case AddRoutee add:
                Cell.AddRoutees([add.Routee]);
                break;
            case RemoveRoutee remove:
                Cell.RemoveRoutees([remove.Routee], stopChildren: true);
                StopIfAllRouteesRemoved();
                break;
            case Terminated terminated:
                Cell.RemoveRoutees([new ActorRefRoutee(terminated.ActorRef)], stopChildren: false);
                StopIfAllRouteesRemoved();
                break;
            default:
                if (_routingLogicController is null)
                {
                    Unhandled(message);
                }
                else
                {
                    _routingLogicController.Forward(message);
                }

                break;
        }
    }

    // The children are the routees: a restart of the router restarts them, where the inherited hook would stop them.
    protected override void PreRestart(Exception reason, object message)
    {
    }

    private void StopIfAllRouteesRemoved()
    {
        if (Cell.Router.Count == 0 && Cell.RouterConfig.StopRouterWhenAllRouteesRemoved)
        {
            Context.Stop(Self);
        }
    }
}

/// <summary>The head of a pool: supervises the routees, and changes their number when told to.</summary>
internal class RouterPoolActor(SupervisorStrategy strategy) : RouterActor
{
    protected override SupervisorStrategy SupervisorStrategy() => strategy;

    protected override void OnReceive(object message)
    {
        if (message is AdjustPoolSize adjust)
        {
            Cell.ChangePoolSize(adjust.Change);
        }
        else
        {
            base.OnReceive(message);
        }
    }
}

/// <summary>The head of a pool with a resizer.</summary>
internal sealed class ResizablePoolActor(SupervisorStrategy strategy) : RouterPoolActor(strategy)
{
    protected override void OnReceive(object message)
    {
        if (message is Resize && Cell is ResizablePoolCell pool)
        {
            pool.Resize();
        }
        else
        {
            base.OnReceive(message);
        }
    }
}

/// <summary>Creates the head of a router, again at each restart.</summary>
internal sealed class RouterActorProducer(RouterConfig routerConfig) : IIndirectActorProducer
{
    public Type ActorType => typeof(RouterActor);

    public ActorBase Produce() => routerConfig.CreateRouterActor();

    public void Release(ActorBase actor)
    {
    }
}
