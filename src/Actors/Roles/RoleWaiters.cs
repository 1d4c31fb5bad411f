using Akka.Actor;

namespace Actors;

/// <summary>The actors that wait for a role to open, to be ready or to fail.</summary>
/// <remarks>Belongs to one role actor; not safe for concurrent use.</remarks>
internal sealed class RoleWaiters(IActorRef role)
{
    private readonly List<IActorRef> _forOpen = [];
    private readonly List<IActorRef> _forReady = [];

    private Exception? _failure;

    /// <summary>The role has failed for good, and nobody has been told yet.</summary>
    public bool HasFailure => _failure is not null;

    public bool Any => _forOpen.Count + _forReady.Count > 0;

    public void AddForOpen(IActorRef waiting) => _forOpen.Add(waiting);

    public void AddForReady(IActorRef waiting) => _forReady.Add(waiting);

    public void Opened(RoleOpen open) => Tell(_forOpen, open);

    public void Ready(RoleReady ready) => Tell(_forReady, ready);

    public void Failed(Exception cause)
    {
        var failure = new Status.Failure(cause);
        Tell(_forOpen, failure);
        Tell(_forReady, failure);
    }

    /// <summary>Keeps the failure for who asks next, because nobody waits.</summary>
    public void Remember(Exception failure) => _failure = failure;

    /// <summary>Tells who asks that the role has failed, which is the role's last word; false when it has not.</summary>
    public bool AnswerFailure(IActorRef asking)
    {
        if (_failure is null) return false;
        asking.Tell(new Status.Failure(_failure), role);
        return true;
    }

    private void Tell(List<IActorRef> waiting, object message)
    {
        foreach (var each in waiting) each.Tell(message, role);
        waiting.Clear();
    }
}
