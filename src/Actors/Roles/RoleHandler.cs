using Akka.Actor;

namespace Actors;

/// <summary>
/// Who is told what a role receives: a child that the role starts from props, or an actor outside, which ends the role with
/// <see cref="HandlerEnded"/>. An actor outside is told batches, and answers each <see cref="Identify"/> itself when it has
/// worked on what came before it.
/// </summary>
internal sealed class RoleHandler
{
    private readonly Props? _props;
    private readonly IActorRef? _outside;

    private RoleHandler(Props? props, IActorRef? outside, bool tellsBatches)
    {
        _props = props;
        _outside = outside;
        TellsBatches = tellsBatches;
    }

    /// <summary>The props of a child; null for an actor outside.</summary>
    public Props? Props => _props;

    /// <summary>Whether the handler is told batches instead of single messages.</summary>
    public bool TellsBatches { get; }

    public static implicit operator RoleHandler(Props props) => new(props, null, IReceiveBatches.IsImplementedBy(props));

    public static RoleHandler Outside(IActorRef handler) => new(null, handler, tellsBatches: true);

    /// <summary>The handler; a child is watched, and what it leaves in its mailbox is counted as the role's.</summary>
    public IActorRef Start(IActorContext context, string role)
    {
        if (_outside is not null) return _outside;
        var child = context.Watch(context.ActorOf(_props, "handler"));
        MessagesAtStop.Of(context.System).Watch(child, role);
        return child;
    }
}

/// <summary>To a role, from a handler outside that takes nothing more: the role stops, and counts what was not worked on.</summary>
/// <param name="Worked">The messages that it has worked on, of all that it was told; an acknowledged role has its own account.</param>
internal sealed record HandlerEnded(long Worked);
