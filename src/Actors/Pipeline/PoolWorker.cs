using Actors.Transport;
using Akka.Actor;
using Akka.Routing;

namespace Actors;

/// <summary>
/// A worker of the pool: hands tasks to its handler, passes the handler's results to the role, and tells the role when
/// tasks are done.
/// </summary>
/// <remarks>
/// When its handler stops, it leaves the pool. The tasks in the handler's mailbox are counted as they become dead letters; those
/// that come while the worker leaves go back to the role, for another.
/// </remarks>
internal sealed class PoolWorker : UntypedActor
{
    private readonly string _name;
    private readonly IActorRef _role;
    private readonly Props _handlerProps;
    private readonly HandlerTimes _times;
    private IActorRef _handler = ActorRefs.Nobody;
    private int _inHand;
    private int _sinceBarrier;
    private bool _barrierOut;

    // When the handler was told the first task behind the last barrier, and behind the one before.
    private long _told;
    private long _barrierTold;

    public PoolWorker(string name, string pattern, IActorRef role, Props handler)
    {
        _name = name;
        _role = role;
        _handlerProps = handler;
        _times = new HandlerTimes(name, pattern, RoleClock.Of(Context.System).Time);
    }

    protected override SupervisorStrategy SupervisorStrategy() => HandlerSupervision.CountingFailures(_name, Context.System.EventStream);

    protected override void PreStart()
    {
        _handler = Context.Watch(Context.ActorOf(_handlerProps, "handler"));
        var atStop = MessagesAtStop.Of(Context.System);
        atStop.Watch(_handler, _name);
        // Tasks for the handler, and its results, pass through here.
        atStop.Watch(Self, _name);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Message task when Sender.Equals(_role):
                if (_sinceBarrier == 0) _told = _times.Told();
                _handler.Tell(task, Self);
                _inHand++;
                _sinceBarrier++;
                if (!_barrierOut) SendBarrier();
                break;
            case Message result:
                _role.Tell(result, Self);
                break;
            // The dead letters answer for a handler that has stopped: those tasks are not done.
            case ActorIdentity { MessageId: int, Subject: null }: break;
            case ActorIdentity { MessageId: int done }:
                // Every actor answers Identify in the order of its mailbox, so the tasks before it are done.
                _times.Worked(_barrierTold, done);
                _inHand -= done;
                _role.Tell(new TasksDone(done), Self);
                _barrierOut = false;
                if (_sinceBarrier > 0) SendBarrier();
                break;
            case Terminated:
                Leave();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Leave()
    {
        Become(OnReceiveLeaving);
        if (_inHand > 0) _role.Tell(new TasksDone(_inHand), Self);
        Context.Parent.Tell(new RemoveRoutee(Routee.FromActorRef(Self)), Self);
    }

    /// <summary>Until the pool, which sends no further tasks from now on, has told it to stop.</summary>
    private void OnReceiveLeaving(object message)
    {
        switch (message)
        {
            case Message task when Sender.Equals(_role): _role.Tell(new TaskNotTaken(task), Self); break;
            case Message result: _role.Tell(result, Self); break;
            default: Unhandled(message); break;
        }
    }

    private void SendBarrier()
    {
        _handler.Tell(new Identify(_sinceBarrier), Self);
        _sinceBarrier = 0;
        _barrierOut = true;
        _barrierTold = _told;
    }
}

/// <summary>A worker to its role: its handler is done with that many tasks.</summary>
internal sealed record TasksDone(int Count);

/// <summary>A worker that leaves the pool to its role: another is to have the task.</summary>
internal sealed record TaskNotTaken(Message Task);
