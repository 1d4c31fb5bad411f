using Akka.Actor;
using Akka.Event;

namespace Actors.Transport;

/// <summary>
/// Supervises the socket actors of one poller: a socket that fails is opened again with backoff; one whose settings
/// can never work is stopped.
/// </summary>
/// <remarks>Runs on the poller's thread, as its children do.</remarks>
internal sealed class PollerActor : UntypedActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<IActorRef, IActorRef> _owners = [];
    private readonly List<IActorRef> _waitingForClosed = [];
    private readonly List<(IActorRef Asking, IActorRef Owner)> _waitingForOwners = [];
    private long _opened;

    protected override SupervisorStrategy SupervisorStrategy() =>
        // Without a retry limit: peers and ports may come back at any time, and the backoff keeps the tries apart.
        new OneForOneStrategy(Decide, loggingEnabled: false);

    private Directive Decide(Exception cause)
    {
        if (!IsPermanent(cause)) return Directive.Restart;
        if (_owners.TryGetValue(Sender, out var owner)) owner.Tell(new SocketFailed(cause, 1, Timeout.InfiniteTimeSpan), Sender);
        _log.Error("{0}: {1}; it is not opened again", Sender.Path.Name, cause.Message);
        return Directive.Stop;
    }

    /// <summary>Whether opening again would fail in the same way.</summary>
    internal static bool IsPermanent(Exception cause) =>
        cause is SocketSettingsException or EndpointNotSupportedException or ArgumentException or ActorInitializationException;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case OpenSocket open:
                var spec = open.Spec.Validate();
                var memory = new SocketMemory(spec);
                var owner = open.Owner;
                var socket = Context.ActorOf(
                    Props.Create(() => new SocketActor(spec, owner, memory)).WithDispatcher(Context.Dispatcher.Id),
                    $"{Uri.EscapeDataString(spec.Name)}-{++_opened}");
                _owners.Add(socket, owner);
                Context.Watch(socket);
                break;
            case Terminated ended:
                _owners.Remove(ended.ActorRef);
                AnswerWhenClosed();
                AnswerForOwners();
                break;
            case WhenSocketsOfClosed of:
                _waitingForOwners.Add((Sender, of.Owner));
                AnswerForOwners();
                break;
            case WhenSocketsClosed:
                _waitingForClosed.Add(Sender);
                AnswerWhenClosed();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void AnswerWhenClosed()
    {
        if (_owners.Count > 0) return;
        foreach (var waiting in _waitingForClosed) waiting.Tell(WhenSocketsClosed.Instance, Self);
        _waitingForClosed.Clear();
    }

    private void AnswerForOwners() => _waitingForOwners.RemoveAll(waiting =>
    {
        if (_owners.ContainsValue(waiting.Owner)) return false;
        waiting.Asking.Tell(WhenSocketsClosed.Instance, Self);
        return true;
    });
}

/// <summary>To a poller's actor: tell the sender <see cref="WhenSocketsClosed"/> as soon as no socket of that owner is open.</summary>
internal sealed record WhenSocketsOfClosed(IActorRef Owner);

/// <summary>To a poller's actor: tell the sender the same as soon as no socket is open.</summary>
internal sealed record WhenSocketsClosed
{
    public static WhenSocketsClosed Instance { get; } = new();
}
