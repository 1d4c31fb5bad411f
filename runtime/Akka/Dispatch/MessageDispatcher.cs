using System.Diagnostics;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>
/// Gives mailboxes their threads. A dispatcher of your own derives from here, runs what
/// <see cref="ExecuteTask"/> is given on threads of its choice, one run of a mailbox after the other in any
/// order, and is named in configuration by its <see cref="MessageDispatcherConfigurator"/>.
/// </summary>
public abstract class MessageDispatcher
{
    public const int DefaultThroughput = 100;

    private const int NoShutdownPlanned = 0;
    private const int ShutdownPlanned = 1;
    private const int ShutdownPostponed = 2;

    private long _inhabitants;
    private int _shutdownPlan;
    private long _deadlineTimestampTicks;
    private long? _throughputDeadlineTime;

    protected MessageDispatcher(MessageDispatcherConfigurator configurator)
    {
        Configurator = configurator;
        Throughput = DefaultThroughput;
        Id = "akka.actor.default-dispatcher";
        ShutdownTimeout = TimeSpan.FromSeconds(1);
        configurator.Prerequisites.Mailboxes.DispatcherStarted(this);
    }

    public MessageDispatcherConfigurator Configurator { get; }

    public EventStream EventStream => Configurator.Prerequisites.EventStream;

    public Mailboxes Mailboxes => Configurator.Prerequisites.Mailboxes;

    public string Id { get; protected set; }

    /// <summary>How many messages an actor processes before the next actor has its turn.</summary>
    public int Throughput { get; set; }

    /// <summary>How long an actor may run before the next one has its turn, in ticks of 100 ns; null or 0 for no limit.</summary>
    public long? ThroughputDeadlineTime
    {
        get => _throughputDeadlineTime;
        protected set
        {
            _throughputDeadlineTime = value;
            _deadlineTimestampTicks = value is > 0 ? (long)(value.Value * ((double)Stopwatch.Frequency / TimeSpan.TicksPerSecond)) : 0;
        }
    }

    /// <summary>How long the dispatcher waits, after its last actor has left, before it shuts down.</summary>
    public TimeSpan ShutdownTimeout { get; protected set; }

    protected long Inhabitants => Interlocked.Read(ref _inhabitants);

    public void Schedule(Action run) => Schedule(new ActionRunnable(run));

    public void Schedule(IRunnable run) => ExecuteTask(run);

    public virtual void Attach(ActorCell cell)
    {
        if (Interlocked.Increment(ref _inhabitants) == 1)
            Mailboxes.DispatcherStarted(this);
        RegisterForExecution(cell.Mailbox, hasMessageHint: false, hasSystemMessageHint: true);
    }

    /// <summary>Takes the actor's mailbox away; from now on its messages are dead letters.</summary>
    public virtual void Detach(ActorCell cell)
    {
        try
        {
            var mailbox = cell.SwapMailbox(Mailboxes.DeadLetterMailbox);
            mailbox.BecomeClosed();
            mailbox.CleanUp();
        }
        finally
        {
            if (Interlocked.Decrement(ref _inhabitants) == 0)
                PlanShutdown();
        }
    }

    public virtual void Dispatch(ActorCell cell, Envelope envelope)
    {
        var mailbox = cell.Mailbox;
        mailbox.Enqueue(cell.Self, envelope);
        if (!RegisterForExecution(mailbox, hasMessageHint: true, hasSystemMessageHint: false) && mailbox.IsClosed)
            mailbox.CleanUp();
    }

    public virtual void SystemDispatch(ActorCell cell, SystemMessage message)
    {
        var mailbox = cell.Mailbox;
        mailbox.SystemEnqueue(cell.Self, message);
        RegisterForExecution(mailbox, hasMessageHint: false, hasSystemMessageHint: true);
    }

    /// <summary>Runs something on a thread of this dispatcher. Called by any thread.</summary>
    protected abstract void ExecuteTask(IRunnable run);

    /// <summary>Frees the threads; called once no actor has used the dispatcher for the shutdown timeout.</summary>
    protected abstract void Shutdown();

    protected void ReportFailure(Exception ex) =>
        EventStream.Publish(new Error(ex, GetType().FullName, GetType(), $"Dispatcher [{Id}] failed: {ex.Message}"));

    internal virtual Mailbox CreateMailbox(ActorCell cell, MailboxType mailboxType) => new(mailboxType.Create(cell.Self, cell.System));

    /// <summary>Hands a mailbox to a thread if it has something to do and is not on one already.</summary>
    internal virtual bool RegisterForExecution(Mailbox mailbox, bool hasMessageHint, bool hasSystemMessageHint)
    {
        if (!mailbox.CanBeScheduledForExecution(hasMessageHint, hasSystemMessageHint) || !mailbox.SetAsScheduled())
            return false;
        try
        {
            ExecuteTask(mailbox);
            return true;
        }
        catch (Exception failure)
        {
            mailbox.SetAsIdle();
            ReportFailure(failure);
            throw;
        }
    }

    internal long RunDeadline() => _deadlineTimestampTicks == 0 ? 0 : Stopwatch.GetTimestamp() + _deadlineTimestampTicks;

    internal void ReportRunFailure(ActorCell cell, Exception failure) =>
        EventStream.Publish(new Error(failure, cell.Self.Path.ToString(), GetType(), $"The run of the mailbox of {cell.Self} failed: {failure.Message}"));

    /// <summary>Shuts down at the end of the system, when no timer runs any more.</summary>
    internal void ShutdownAtSystemEnd()
    {
        if (Inhabitants == 0)
            RunShutdown();
    }

    private void PlanShutdown()
    {
        if (Interlocked.CompareExchange(ref _shutdownPlan, ShutdownPlanned, NoShutdownPlanned) == NoShutdownPlanned)
            StartShutdownTimer();
        else
            Interlocked.CompareExchange(ref _shutdownPlan, ShutdownPostponed, ShutdownPlanned);
    }

    private void StartShutdownTimer()
    {
        try
        {
            Configurator.Prerequisites.Scheduler.Advanced.ScheduleOnce(ShutdownTimeout, ShutdownIfStillEmpty);
        }
        catch (SchedulerException)
        {
            // The system ends: what the timer would have done is done by ShutdownAtSystemEnd.
            Volatile.Write(ref _shutdownPlan, NoShutdownPlanned);
        }
    }

    private void ShutdownIfStillEmpty()
    {
        if (Interlocked.CompareExchange(ref _shutdownPlan, ShutdownPlanned, ShutdownPostponed) == ShutdownPostponed)
        {
            // Actors came and went in between: the time counts from the last one.
            StartShutdownTimer();
            return;
        }

        if (Inhabitants == 0)
            RunShutdown();
        Volatile.Write(ref _shutdownPlan, NoShutdownPlanned);
    }

    private void RunShutdown()
    {
        try
        {
            Mailboxes.DispatcherShutDown(this);
            Shutdown();
        }
        catch (Exception failure)
        {
            ReportFailure(failure);
        }
    }
}
