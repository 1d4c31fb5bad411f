using System.Runtime.ExceptionServices;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>
/// Runs an actor's asynchronous handlers within the actor. While one awaits, the mailbox holds user messages back;
/// each step after an await comes as a system message, with the context, sender and message of the handler.
/// There is one scheduler for each incarnation: what a restart left unfinished cannot touch the new instance.
/// </summary>
public class ActorTaskScheduler : TaskScheduler
{
    private readonly ActorCell _cell;
    private readonly Type _actorType;
    private Envelope _envelope;
    private int _pending;
    private volatile bool _abandoned;

    internal ActorTaskScheduler(ActorCell cell)
    {
        _cell = cell;
        _actorType = cell.Actor?.GetType() ?? cell.Props.Type ?? typeof(ActorCell);
    }

    public object CurrentMessage => _envelope.Message;

    public override int MaximumConcurrencyLevel => 1;

    public static void RunTask(Action action) => RunTask(() =>
    {
        action();
        return Task.CompletedTask;
    });

    /// <summary>Runs an operation as part of the present message. A failure of it is a failure of the actor.</summary>
    /// <exception cref="InvalidOperationException">This thread is not processing a message of an actor.</exception>
    public static void RunTask(Func<Task> asyncAction)
    {
        var cell = ActorCell.Current ?? throw new InvalidOperationException("Cannot call RunTask outside of an actor");
        cell.TaskScheduler.Begin(asyncAction);
    }

    protected virtual void OnBeforeTaskStarted()
    {
    }

    protected virtual void OnAfterTaskCompleted()
    {
    }

    protected override void QueueTask(Task task)
    {
        if (_abandoned)
        {
            // The incarnation is gone; its steps still run, so that finally blocks do, but outside of any actor.
            ThreadPool.UnsafeQueueUserWorkItem(static step => step.Scheduler.TryExecuteTask(step.Task), (Scheduler: this, Task: task), preferLocal: false);
            return;
        }

        _cell.SendSystemMessage(new ActorTask(task, this));
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && !_abandoned && ReferenceEquals(ActorCell.Current, _cell) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    /// <summary>Runs a step; called in the run of the mailbox.</summary>
    internal void Execute(Task task)
    {
        if (_abandoned)
        {
            QueueTask(task);
            return;
        }

        var previous = _cell.CurrentEnvelope;
        _cell.CurrentEnvelope = _envelope;
        OnBeforeTaskStarted();
        try
        {
            TryExecuteTask(task);
        }
        finally
        {
            OnAfterTaskCompleted();
            _cell.CurrentEnvelope = previous;
        }
    }

    /// <summary>Ends a handler: the mailbox goes on, or the actor fails.</summary>
    internal void Complete(Task task)
    {
        if (_abandoned)
        {
            ReportAbandoned(task);
            return;
        }

        if (--_pending == 0)
            _cell.Mailbox.ResumeAfterTask();
        _cell.CurrentEnvelope = _envelope;
        if (FailureOf(task) is { } failure)
            ExceptionDispatchInfo.Throw(failure);
        _cell.CurrentEnvelope = default;
    }

    /// <summary>The incarnation ends.</summary>
    internal void Abandon() => _abandoned = true;

    private void Begin(Func<Task> asyncAction)
    {
        _envelope = _cell.CurrentEnvelope;
        var context = SynchronizationContext.Current;
        // A step after an await belongs to the actor, wherever the thread of the first step came from.
        if (context is not null)
            SynchronizationContext.SetSynchronizationContext(null);
        Task operation;
        try
        {
            var start = new Task<Task>(asyncAction);
            start.RunSynchronously(this);
            operation = start.IsCompletedSuccessfully ? start.Result ?? Task.CompletedTask : start;
        }
        finally
        {
            if (context is not null)
                SynchronizationContext.SetSynchronizationContext(context);
        }

        if (operation.IsCompletedSuccessfully)
            return;
        _pending++;
        _cell.Mailbox.SuspendForTask();
        operation.ContinueWith(
            static (ended, scheduler) => ((ActorTaskScheduler)scheduler!).Ended(ended),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            Default);
    }

    private void Ended(Task task)
    {
        if (_abandoned)
            ReportAbandoned(task);
        else
            _cell.SendSystemMessage(new ActorTaskEnded(this, task));
    }

    private void ReportAbandoned(Task task)
    {
        if (FailureOf(task) is { } failure)
        {
            _cell.System.EventStream.Publish(new Error(
                failure, _cell.Self.Path.ToString(), _actorType, $"An asynchronous handler failed after its actor was stopped or restarted: {failure.Message}"));
        }
    }

    private static Exception? FailureOf(Task task)
    {
        if (task.IsFaulted)
            return task.Exception.InnerExceptions.Count == 1 ? task.Exception.InnerException : task.Exception;
        return task.IsCanceled ? new TaskCanceledException(task) : null;
    }
}
