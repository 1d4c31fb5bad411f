using Actors.Transport;
using Akka.Actor;
using Akka.Routing;

namespace Actors;

/// <summary>Hands tasks to a handler, one after the other, and tells the role how each of them ended.</summary>
/// <remarks>
/// An <see cref="Identify"/> follows each task, or each batch. Every actor answers it in the order of its mailbox, so what the
/// handler told before the answer belongs to that task. The notice of a failure comes between the answers to the tasks
/// before and the answer behind the task that failed, because the handler goes on only when its supervisor has decided.
/// </remarks>
internal sealed class TaskWorker : UntypedActor
{
    // The most tasks in the handler's mailbox: enough to keep it at work. The others wait here, from where they can
    // still be given back.
    private const int Ahead = 128;

    private static readonly Identify BehindOne = new(new TaskBarrier(1, 0));

    private readonly IActorRef _role;
    private readonly Props _handlerProps;
    private readonly bool _tellIds;
    private readonly bool _tellBatches;
    private readonly Queue<SentTask> _waiting = new();
    private readonly Queue<TaskId> _running = new();
    private readonly IActorRef _self;
    private readonly HandlerTimes _times;
    private List<TaskRan> _ran = [];
    private List<Message>? _results;
    private Exception? _failure;
    private IActorRef _handler = ActorRefs.Nobody;

    /// <param name="role">The role, which is told how the tasks ended.</param>
    /// <param name="handler">The actor that works.</param>
    /// <param name="tellIds">True to tell it <see cref="ReceivedTask"/>s instead of payloads.</param>
    /// <param name="tellBatches">True to tell it batches of payloads. The tasks of a batch end as one.</param>
    /// <param name="name">The role's name.</param>
    /// <param name="pattern">The role's pattern.</param>
    public TaskWorker(IActorRef role, Props handler, bool tellIds, bool tellBatches, string name, string pattern)
    {
        _role = role;
        _handlerProps = handler;
        _tellIds = tellIds;
        _tellBatches = tellBatches;
        _self = Self;
        _times = new HandlerTimes(name, pattern, RoleClock.Of(Context.System).Time);
    }

    protected override SupervisorStrategy SupervisorStrategy() => HandlerSupervision.TellingFailures(_self);

    protected override void PreStart() => _handler = Context.Watch(Context.ActorOf(_handlerProps, "handler"));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Message result: (_results ??= []).Add(result); break;
            // The dead letters answer for a handler that has stopped: those tasks are not done.
            case ActorIdentity { MessageId: TaskBarrier, Subject: null }: break;
            case ActorIdentity { MessageId: TaskBarrier barrier }: OnRan(barrier); break;
            case RunTasks run: OnTasks(run.Tasks); break;
            case TellRan: OnTellRan(); break;
            case ReturnWaiting: OnReturnWaiting(); break;
            // Without a task, the handler failed on a message of its own.
            case HandlerFailed failed: _failure = _running.Count > 0 ? failed.Cause : null; break;
            case Terminated: OnHandlerStopped(); break;
            default: Unhandled(message); break;
        }
    }

    private void OnTasks(IReadOnlyList<SentTask> tasks)
    {
        for (var i = 0; i < tasks.Count; i++) _waiting.Enqueue(tasks[i]);
        if (_running.Count < Ahead) Feed();
    }

    private void Feed()
    {
        if (_tellBatches) FeedBatch();
        else FeedSingles();
    }

    private void FeedBatch()
    {
        var payloads = new Message[Math.Min(Ahead - _running.Count, _waiting.Count)];
        if (payloads.Length == 0) return;
        for (var i = 0; i < payloads.Length; i++)
        {
            var task = _waiting.Dequeue();
            _running.Enqueue(task.Id);
            payloads[i] = task.Payload;
        }
        var told = _times.Told();
        _handler.Tell(MessageBatch.Of(payloads), _self);
        _handler.Tell(new Identify(new TaskBarrier(payloads.Length, told)), _self);
    }

    private void FeedSingles()
    {
        while (_running.Count < Ahead && _waiting.TryDequeue(out var task))
        {
            _running.Enqueue(task.Id);
            var told = _times.Told();
            _handler.Tell(_tellIds ? new ReceivedTask(task.Id, task.Payload) : task.Payload, _self);
            _handler.Tell(told == 0 ? BehindOne : new Identify(new TaskBarrier(1, told)), _self);
        }
    }

    private void OnRan(TaskBarrier barrier)
    {
        _times.Worked(barrier.Told, barrier.Tasks);
        // It follows the answers in the mailbox, so the role is told of many tasks at once.
        if (_ran.Count == 0) _self.Tell(TellRan.Instance, _self);
        for (var tasks = barrier.Tasks; tasks > 0; tasks--) _ran.Add(new TaskRan(_running.Dequeue(), _results, _failure));
        _results = null;
        _failure = null;
        if (_running.Count <= Ahead / 2) Feed();
    }

    private void OnTellRan()
    {
        _role.Tell(new TasksRan(_ran), _self);
        _ran = new List<TaskRan>(_ran.Count);
    }

    /// <summary>
    /// The task that the handler stood at has failed. The others were not begun, so they go back, and so do those that come
    /// until the pool has told this worker to stop. Without a pool, the role stops.
    /// </summary>
    private void OnHandlerStopped()
    {
        var failure = _failure ?? new InvalidOperationException("the handler has stopped");
        for (var failed = _tellBatches ? _running.Count : Math.Min(1, _running.Count); failed > 0; failed--) _ran.Add(new TaskRan(_running.Dequeue(), null, failure));
        if (_ran.Count > 0) OnTellRan();
        if (_running.Count > 0) _role.Tell(new TasksNotBegun([.. _running]), _self);
        _running.Clear();
        OnReturnWaiting();
        Become(OnReceiveLeaving);
        if (Context.Parent.Equals(_role)) Context.Stop(_self);
        else Context.Parent.Tell(new RemoveRoutee(Routee.FromActorRef(_self)), _self);
    }

    private void OnReceiveLeaving(object message)
    {
        if (message is RunTasks run) _role.Tell(new TasksNotBegun([.. run.Tasks.Select(task => task.Id)]), _self);
        else if (message is not (TellRan or ReturnWaiting)) Unhandled(message);
    }

    private void OnReturnWaiting()
    {
        if (_waiting.Count == 0) return;
        _role.Tell(new TasksNotBegun([.. _waiting.Select(task => task.Id)]), _self);
        _waiting.Clear();
    }

    /// <summary>Goes behind so many tasks that end as one.</summary>
    private sealed record TaskBarrier(int Tasks, long Told);

    private sealed record TellRan
    {
        public static TellRan Instance { get; } = new();
    }
}

/// <summary>A role to a worker: work on these.</summary>
internal sealed record RunTasks(IReadOnlyList<SentTask> Tasks);

/// <summary>A role to a worker: give back the tasks that the handler has not been told.</summary>
internal sealed record ReturnWaiting
{
    public static ReturnWaiting Instance { get; } = new();
}

/// <summary>A worker to its role: the handler has worked.</summary>
internal sealed record TasksRan(IReadOnlyList<TaskRan> Tasks);

/// <summary>How the work on a task ended.</summary>
/// <param name="Id">The task.</param>
/// <param name="Results">The messages that the handler told its sender; null when there were none.</param>
/// <param name="Failure">Null when it did not fail.</param>
internal readonly record struct TaskRan(TaskId Id, IReadOnlyList<Message>? Results, Exception? Failure);

/// <summary>A worker to its role: these tasks were not begun, and will not be.</summary>
internal sealed record TasksNotBegun(IReadOnlyList<TaskId> Ids);
