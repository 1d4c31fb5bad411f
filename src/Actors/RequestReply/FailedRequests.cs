using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Routing;

namespace Actors;

/// <summary>
/// The supervision of a reply role's handler: the request that the handler failed on gets the failure as its answer, at once.
/// </summary>
/// <remarks>
/// Supervision tells that a child failed, but not on which message. While its supervisor decides, the child still stands at that
/// message, and its cell knows who sent it: the <see cref="AwaitedReply"/> of the request. So no barrier has to follow each
/// request, requests that the handler still works on beside it (by a task) go on, and a request that it forwards to itself is
/// known as well. A failure on a message of another sender costs no request. The directive stays that of the strategy.
/// </remarks>
internal static class FailedRequests
{
    /// <summary>Akka's default directives.</summary>
    public static SupervisorStrategy Strategy() => Answering(Akka.Actor.SupervisorStrategy.DefaultStrategy);

    /// <summary>
    /// The handler's props. Where it is a pool that gives each message to one routee, the pool supervises the routees, so its
    /// own strategy answers too. A pool whose routees are asked together has its own way with the failure of one.
    /// </summary>
    public static Props In(Props handler) => handler.RouterConfig switch
    {
        RoundRobinPool pool => handler.WithRouter(pool.WithSupervisorStrategy(Answering(pool.SupervisorStrategy))),
        RandomPool pool => handler.WithRouter(pool.WithSupervisorStrategy(Answering(pool.SupervisorStrategy))),
        SmallestMailboxPool pool => handler.WithRouter(pool.WithSupervisorStrategy(Answering(pool.SupervisorStrategy))),
        ConsistentHashingPool pool => handler.WithRouter(pool.WithSupervisorStrategy(Answering(pool.SupervisorStrategy))),
        FromConfig pool => handler.WithRouter(pool.WithSupervisorStrategy(Answering(pool.SupervisorStrategy))),
        _ => handler,
    };

    private static SupervisorStrategy Answering(SupervisorStrategy strategy) => strategy switch
    {
        OneForOneStrategy one => new AnsweringOne(one),
        AllForOneStrategy all => new AnsweringAll(all),
        // A strategy of the user's own class decides alone; a failure that it escalates reaches the role.
        _ => strategy,
    };

    /// <summary>Answers the request that the child stands at, or that its own child stands at whose failure it lets escalate.</summary>
    private static void Answer(IActorRef child, Exception cause)
    {
        var failed = child;
        while (failed is ActorRefWithCell { Underlying: ActorCell cell })
        {
            if (cell.CurrentMessage is Failed escalated)
            {
                failed = escalated.Child;
                continue;
            }
            if (cell.Sender is AwaitedReply request) request.Fail(cause);
            return;
        }
    }

    private sealed class AnsweringOne(OneForOneStrategy strategy)
        : OneForOneStrategy(strategy.MaxNumberOfRetries, strategy.WithinTimeRangeMilliseconds, strategy.Decider)
    {
        protected override Directive Handle(IActorRef child, Exception exception)
        {
            Answer(child, exception);
            return base.Handle(child, exception);
        }
    }

    private sealed class AnsweringAll(AllForOneStrategy strategy)
        : AllForOneStrategy(strategy.MaxNumberOfRetries, strategy.WithinTimeRangeMilliseconds, strategy.Decider)
    {
        protected override Directive Handle(IActorRef child, Exception exception)
        {
            Answer(child, exception);
            return base.Handle(child, exception);
        }
    }
}
