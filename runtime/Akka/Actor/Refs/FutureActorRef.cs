using System.Collections.Immutable;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>The sender of an ask: its first answer ends a task. It can be watched; it has stopped once it is answered.</summary>
public class FutureActorRef<T> : MinimalActorRef
{
    private readonly TaskCompletionSource<T> _result;
    private readonly IActorRefProvider _provider;
    private readonly ActorPath _path;
    private ImmutableHashSet<IActorRef>? _watchers = [];

    public FutureActorRef(TaskCompletionSource<T> result, ActorPath path, IActorRefProvider provider)
    {
        _result = result;
        _path = path;
        _provider = provider;
    }

    public override ActorPath Path => _path;

    public override IActorRefProvider Provider => _provider;

    public override IInternalActorRef Parent => _provider.TempContainer;

    public override bool IsTerminated => _result.Task.IsCompleted;

    /// <summary>Tells the destination, with this reference as the sender, and gives the place in the tree up once the task has ended.</summary>
    public virtual void DeliverAsk(object message, ICanTell destination)
    {
        _result.Task.ContinueWith(
            static (_, self) => ((FutureActorRef<T>)self!).Ended(),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        destination.Tell(message, this);
    }

    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case Watch watch when watch.Watchee.Equals(this):
                if (!ImmutableInterlocked.Update(ref _watchers, static (set, watcher) => set?.Add(watcher), (IActorRef)watch.Watcher) && _watchers is null)
                    watch.Watcher.SendSystemMessage(new DeathWatchNotification(this, existenceConfirmed: true, addressTerminated: false));
                break;
            case Unwatch unwatch:
                ImmutableInterlocked.Update(ref _watchers, static (set, watcher) => set?.Remove(watcher), (IActorRef)unwatch.Watcher);
                break;
            case DeathWatchNotification notification:
                // An ask that watches its target is answered by the target's end as well.
                TellInternal(new Terminated(notification.Actor, notification.ExistenceConfirmed, notification.AddressTerminated), notification.Actor);
                break;
        }
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        var taken = message switch
        {
            T result => _result.TrySetResult(result),
            null => _result.TrySetResult(default!),
            Status.Failure failure => _result.TrySetException(failure.Cause ?? new TaskCanceledException("Task cancelled by actor via Failure message.")),
            Failure failure => _result.TrySetException(failure.Exception ?? new TaskCanceledException("Task cancelled by actor via Failure message.")),
            _ => _result.TrySetException(new ArgumentException(
                $"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]")),
        };
        if (!taken && message is not null)
            _provider.DeadLetters.Tell(message, sender);
    }

    private void Ended()
    {
        _provider.UnregisterTempActor(_path);
        var watchers = Interlocked.Exchange(ref _watchers, null);
        if (watchers is null)
            return;
        foreach (var watcher in watchers)
            ((IInternalActorRef)watcher).SendSystemMessage(new DeathWatchNotification(this, existenceConfirmed: true, addressTerminated: false));
    }
}

/// <summary>A failure as an answer; ends the asking task with the exception.</summary>
public class Failure
{
    public Exception Exception { get; set; } = null!;

    public DateTime Timestamp { get; set; }
}

public class Failures
{
    public List<Failure> Entries { get; } = [];
}
