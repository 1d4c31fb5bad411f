using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>
/// A worker of the pool: hands tasks to its handler, passes the handler's results to the role, and tells the role when
/// tasks are done.
/// </summary>
internal sealed class PoolWorker : UntypedActor
{
    private readonly string _name;
    private readonly IActorRef _role;
    private readonly Props _handlerProps;
    private IActorRef _handler = ActorRefs.Nobody;
    private int _sinceBarrier;
    private bool _barrierOut;

    public PoolWorker(string name, IActorRef role, Props handler)
    {
        _name = name;
        _role = role;
        _handlerProps = handler;
    }

    protected override SupervisorStrategy SupervisorStrategy() => HandlerSupervision.CountingFailures(_name, Context.System.EventStream);

    protected override void PreStart()
    {
        _handler = Context.Watch(Context.ActorOf(_handlerProps, "handler"));
        var atStop = HandlersAtStop.Of(Context.System);
        atStop.Watch(_handler, _name);
        // Tasks for the handler, and its results, pass through here.
        atStop.Watch(Self, _name);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Message task when Sender.Equals(_role):
                _handler.Tell(task, Self);
                _sinceBarrier++;
                if (!_barrierOut) SendBarrier();
                break;
            case Message result:
                _role.Tell(result, Self);
                break;
            case ActorIdentity { MessageId: int done }:
                // Every actor answers Identify in the order of its mailbox, so the tasks before it are done.
                _role.Tell(new TasksDone(done), Self);
                _barrierOut = false;
                if (_sinceBarrier > 0) SendBarrier();
                break;
            case Terminated:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void SendBarrier()
    {
        _handler.Tell(new Identify(_sinceBarrier), Self);
        _sinceBarrier = 0;
        _barrierOut = true;
    }
}

/// <summary>A worker to its role: its handler is done with that many tasks.</summary>
internal sealed record TasksDone(int Count);
