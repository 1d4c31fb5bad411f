using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The parent of the user's actors, and of the guardians.</summary>
public class GuardianActor : ActorBase, IRequiresMessageQueue<IUnboundedMessageQueueSemantics>
{
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Terminated:
                Context.Stop(Self);
                break;
            case StopChild stop:
                Context.Stop(stop.Child);
                break;
            case WatchForEnd watch:
                Context.Watch(watch.Guardian);
                break;
            default:
                Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self), Sender);
                break;
        }

        return true;
    }

    protected override void PreStart()
    {
        // Children are made by other threads as soon as the reference is known; there is nothing to set up.
    }

    /// <summary>Tells the root to stop after another guardian.</summary>
    internal sealed record WatchForEnd(IActorRef Guardian);
}

/// <summary>The parent of the library's own actors. It ends after the user guardian, once everyone registered has had their say.</summary>
public class SystemGuardianActor : ActorBase, IRequiresMessageQueue<IUnboundedMessageQueueSemantics>
{
    private readonly IActorRef _userGuardian;
    private readonly HashSet<IActorRef> _hooks = [];
    private bool _ending;

    public SystemGuardianActor(IActorRef userGuardian) => _userGuardian = userGuardian;

    protected override void PreStart() => Context.Watch(_userGuardian);

    protected override void PreRestart(Exception reason, object message)
    {
        // The children go on: the library's actors do not die of a mistake in their parent.
    }

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Terminated terminated when terminated.ActorRef.Equals(_userGuardian):
                _ending = true;
                foreach (var hook in _hooks)
                    hook.Tell(TerminationHook.Instance);
                StopWhenAllDone();
                break;
            case Terminated terminated:
                Done(terminated.ActorRef);
                break;
            case TerminationHookDone:
                Context.Unwatch(Sender);
                Done(Sender);
                break;
            case RegisterTerminationHook when !ReferenceEquals(Sender, Context.System.DeadLetters):
                _hooks.Add(Sender);
                Context.Watch(Sender);
                if (_ending)
                    Sender.Tell(TerminationHook.Instance);
                break;
            case StopChild stop:
                Context.Stop(stop.Child);
                break;
            default:
                Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self), Sender);
                break;
        }

        return true;
    }

    private void Done(IActorRef hook)
    {
        _hooks.Remove(hook);
        if (_ending)
            StopWhenAllDone();
    }

    private void StopWhenAllDone()
    {
        if (_hooks.Count > 0)
            return;
        // The loggers are among the children that stop now; from here on standard output has the log.
        Context.System.EventStream.StopDefaultLoggers((ActorSystemImpl)Context.System);
        Context.Stop(Self);
    }
}

/// <summary>The root of the tree, which besides the guardians has names that are no actors.</summary>
public class RootGuardianActorRef : LocalActorRef
{
    private readonly IInternalActorRef _deadLetters;
    private readonly IReadOnlyDictionary<string, IInternalActorRef> _extraNames;
    private IInternalActorRef? _tempContainer;

    public RootGuardianActorRef(
        ActorSystemImpl system,
        Props props,
        MessageDispatcher dispatcher,
        MailboxType mailboxType,
        IInternalActorRef supervisor,
        ActorPath path,
        IInternalActorRef deadLetters,
        IReadOnlyDictionary<string, IInternalActorRef> extraNames)
        : base(system, props, dispatcher, mailboxType, supervisor, path)
    {
        _deadLetters = deadLetters;
        _extraNames = extraNames;
    }

    public override IInternalActorRef Parent => this;

    public void SetTempContainer(IInternalActorRef tempContainer) => _tempContainer = tempContainer;

    public override IInternalActorRef GetSingleChild(string name) => name switch
    {
        "temp" when _tempContainer is not null => _tempContainer,
        "deadLetters" => _deadLetters,
        _ => _extraNames.TryGetValue(name, out var extra) ? extra : base.GetSingleChild(name),
    };
}

/// <summary>The supervisor of the root: what reaches it ends the system.</summary>
public class RootGuardianSupervisor : MinimalActorRef
{
    private readonly TaskCompletionSource<Status> _terminated;
    private readonly ILoggingAdapter _log;
    private readonly ActorPath _path;
    private readonly IActorRefProvider _provider;
    private Exception? _causeOfTermination;

    public RootGuardianSupervisor(RootActorPath root, IActorRefProvider provider, TaskCompletionSource<Status> terminationPromise, ILoggingAdapter log)
    {
        _log = log;
        _terminated = terminationPromise;
        _provider = provider;
        _path = root / "_Root-guardian-supervisor";
    }

    public override ActorPath Path => _path;

    public override IActorRefProvider Provider => _provider;

    public override bool IsTerminated => _terminated.Task.IsCompleted;

    /// <summary>What ended the system, when that was a failure; else null.</summary>
    public Exception CauseOfTermination => _causeOfTermination!;

    public override void Stop() => End();

    public override void SendSystemMessage(ISystemMessage systemMessage)
    {
        switch (systemMessage)
        {
            case Failed failed:
                _causeOfTermination = failed.Cause;
                _log.Error(failed.Cause, "guardian {0} failed, shutting down!", failed.Child);
                ((IInternalActorRef)failed.Child).Stop();
                break;
            case Supervise:
                break;
            case DeathWatchNotification:
                End();
                break;
            default:
                _log.Error("{0} received unexpected system message [{1}]", _path, systemMessage);
                break;
        }
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (!IsTerminated)
            _log.Error("{0} received unexpected message [{1}]", _path, message);
    }

    private void End() => _terminated.TrySetResult(_causeOfTermination is null ? new Status.Success("OK") : new Status.Failure(_causeOfTermination));
}
