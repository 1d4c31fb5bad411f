using Akka.Util;

namespace Akka.Actor;

public partial class ActorCell
{
    // Value: the message to deliver in place of Terminated; none for Terminated itself.
    private Dictionary<IActorRef, Option<object>>? _watching;
    private Dictionary<IActorRef, Option<object>>? _terminatedQueued;
    private HashSet<IActorRef>? _watchedBy;

    public IActorRef Watch(IActorRef subject) => StartWatching(subject, Option<object>.None);

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return StartWatching(subject, message);
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        var watchee = (IInternalActorRef)subject;
        if (!watchee.Equals(Self) && _watching?.Remove(watchee) == true)
            watchee.SendSystemMessage(new Dispatch.SysMsg.Unwatch(watchee, _self));
        _terminatedQueued?.Remove(watchee);
        return subject;
    }

    /// <summary>Remembers that a Terminated of an actor is in the mailbox, so that an Unwatch can still make it void.</summary>
    public void TerminatedQueuedFor(IActorRef subject, Option<object> customMessage) =>
        (_terminatedQueued ??= []).TryAdd(subject, customMessage);

    protected void ReceivedTerminated(Terminated t)
    {
        if (_terminatedQueued is null || !_terminatedQueued.Remove(t.ActorRef, out var custom))
            return;
        if (!custom.HasValue)
            ReceiveMessage(t);
        else if (custom.Value is IAutoReceivedMessage)
            AutoReceiveMessage(_current = new Envelope(custom.Value, _current.Sender));
        else
            ReceiveMessage((_current = new Envelope(custom.Value, _current.Sender)).Message);
    }

    protected void WatchedActorTerminated(IActorRef actor, bool existenceConfirmed, bool addressTerminated)
    {
        if (_watching is not null && _watching.Remove(actor, out var custom) && !IsTerminating)
        {
            TerminatedQueuedFor(actor, custom);
            Self.Tell(new Terminated(actor, existenceConfirmed, addressTerminated), actor);
        }

        if (TryGetChildStatsByRef(actor, out _))
            HandleChildTerminated(actor);
    }

    protected void AddWatcher(IActorRef watchee, IActorRef watcher)
    {
        var watcheeSelf = watchee.Equals(Self);
        var watcherSelf = watcher.Equals(Self);
        if (watcheeSelf && !watcherSelf)
        {
            if ((_watchedBy ??= []).Add(watcher))
                PublishLifecycle($"now watched by {watcher}");
        }
        else if (!watcheeSelf && watcherSelf)
        {
            Watch(watchee);
        }
        else
        {
            PublishError(null, $"BUG: illegal Watch({watchee},{watcher}) for {Self}");
        }
    }

    protected void RemWatcher(IActorRef watchee, IActorRef watcher)
    {
        var watcheeSelf = watchee.Equals(Self);
        var watcherSelf = watcher.Equals(Self);
        if (watcheeSelf && !watcherSelf)
        {
            if (_watchedBy?.Remove(watcher) == true)
                PublishLifecycle($"no longer watched by {watcher}");
        }
        else if (!watcheeSelf && watcherSelf)
        {
            Unwatch(watchee);
        }
        else
        {
            PublishError(null, $"BUG: illegal Unwatch({watchee},{watcher}) for {Self}");
        }
    }

    protected void TellWatchersWeDied()
    {
        if (_watchedBy is null)
            return;
        foreach (var watcher in _watchedBy)
        {
            // The parent is told by the life cycle itself.
            if (!watcher.Equals(Parent))
            {
                ((IInternalActorRef)watcher).SendSystemMessage(
                    new Dispatch.SysMsg.DeathWatchNotification(Self, existenceConfirmed: true, addressTerminated: false));
            }
        }

        _watchedBy = null;
    }

    protected void UnwatchWatchedActors(ActorBase? actor)
    {
        if (_watching is null)
            return;
        foreach (var watchee in _watching.Keys)
            ((IInternalActorRef)watchee).SendSystemMessage(new Dispatch.SysMsg.Unwatch((IInternalActorRef)watchee, _self));
        _watching = null;
        _terminatedQueued = null;
    }

    private IActorRef StartWatching(IActorRef subject, Option<object> message)
    {
        var watchee = (IInternalActorRef)subject;
        if (watchee.Equals(Self))
            return subject;
        if (_watching is not null && _watching.TryGetValue(watchee, out var present))
        {
            if (!Equals(present.HasValue ? present.Value : null, message.HasValue ? message.Value : null))
            {
                throw new InvalidOperationException(
                    $"{Self} watches {subject} already, with another termination message; Unwatch it before you change the message");
            }

            return subject;
        }

        (_watching ??= []).Add(watchee, message);
        watchee.SendSystemMessage(new Dispatch.SysMsg.Watch(watchee, _self));
        return subject;
    }
}
