using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>Hands tasks to a handler, one behind the other, and tells the role of each how it ended.</summary>
/// <remarks>
/// Behind each task goes an <see cref="Identify"/>, which every actor answers in the order of its mailbox: what the
/// handler told before the answer belongs to that task. The notice of a failure comes between the answers of the tasks
/// before and the answer behind the task that failed, because the handler goes on only when its supervisor has decided.
/// </remarks>
internal sealed class TaskWorker : UntypedActor
{
    private readonly IActorRef _role;
    private readonly Props _handlerProps;
    private readonly Queue<TaskId> _running = new();
    private readonly IActorRef _self;
    private List<Message>? _results;
    private Exception? _failure;
    private IActorRef _handler = ActorRefs.Nobody;

    public TaskWorker(IActorRef role, Props handler)
    {
        _role = role;
        _handlerProps = handler;
        _self = Self;
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(cause =>
    {
        _self.Tell(new HandlerFailed(cause), _self);
        return Akka.Actor.SupervisorStrategy.DefaultDecider.Decide(cause);
    });

    protected override void PreStart() => _handler = Context.Watch(Context.ActorOf(_handlerProps, "handler"));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RunTask run:
                _running.Enqueue(run.Id);
                _handler.Tell(run.Payload, Self);
                _handler.Tell(new Identify(TaskBarrier.Instance), Self);
                break;
            case Message result:
                (_results ??= []).Add(result);
                break;
            case HandlerFailed failed:
                _failure = failed.Cause;
                break;
            case ActorIdentity { MessageId: TaskBarrier }:
                _role.Tell(new TaskRan(_running.Dequeue(), _results ?? (IReadOnlyList<Message>)[], _failure), Self);
                _results = null;
                _failure = null;
                break;
            case Terminated:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private sealed record TaskBarrier
    {
        public static TaskBarrier Instance { get; } = new();
    }

    private sealed record HandlerFailed(Exception Cause);
}

/// <summary>A role to a worker: work on this.</summary>
internal sealed record RunTask(TaskId Id, Message Payload);

/// <summary>A worker to its role: the handler has worked.</summary>
/// <param name="Id">The task.</param>
/// <param name="Results">What it told its sender meanwhile.</param>
/// <param name="Failure">Null when it did not fail.</param>
internal sealed record TaskRan(TaskId Id, IReadOnlyList<Message> Results, Exception? Failure);
