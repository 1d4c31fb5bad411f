using Actors.Grains.Runtime;

namespace Actors.Grains;

/// <summary>Why an activation ends.</summary>
public enum DeactivationReason
{
    /// <summary>Nobody has called it for the idle time of its kind.</summary>
    Idle,

    /// <summary>It asked for it, by <see cref="Grain.DeactivateOnIdle"/>.</summary>
    Asked,

    /// <summary>Its shard moves to another node, or this node stops.</summary>
    HandOff,

    /// <summary>Another activation has written its state.</summary>
    Fenced,
}

/// <summary>A virtual actor. The class implements one interface with <see cref="GrainAttribute"/>.</summary>
/// <remarks>
/// One thread at a time runs the code of a grain, and each <c>await</c> comes back to it, except behind
/// <c>ConfigureAwait(false)</c>. A call ends before the next begins, but for <see cref="ReadOnlyAttribute"/> and
/// <see cref="ReentrantAttribute"/>. The protected members are for the grain's own code only.
/// </remarks>
public abstract class Grain
{
    private readonly Activation _activation;

    /// <summary>Makes a grain. Only its activation does.</summary>
    /// <exception cref="InvalidOperationException">The class was made by somebody else.</exception>
    protected Grain() => _activation = Activation.UnderConstruction ?? throw new InvalidOperationException($"a grain was made by new {GetType().Name}(...): expected a call by IGrains.Get, or GrainTestCluster in a test");

    /// <summary>Kind and key.</summary>
    protected GrainId Id => _activation.Id;

    /// <summary>The key.</summary>
    protected string Key => _activation.Key;

    /// <summary>References to other grains.</summary>
    protected IGrains Grains => _activation.Grains;

    /// <summary>The clock of the grain's node.</summary>
    protected TimeProvider Time => _activation.Time;

    /// <summary>Called once, before the first call. When it throws, the activation ends and the calls that wait fail.</summary>
    /// <param name="cancel">Ends when the node stops.</param>
    protected virtual Task OnActivate(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Called once, after the last call. It is not called when a node is killed.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="cancel">Ends when the time for it is up (<see cref="GrainKindOptions.DeactivationTimeout"/>).</param>
    protected virtual Task OnDeactivate(DeactivationReason reason, CancellationToken cancel) => Task.CompletedTask;

    internal Task Activate(CancellationToken cancel) => OnActivate(cancel);

    internal Task Deactivate(DeactivationReason reason, CancellationToken cancel) => OnDeactivate(reason, cancel);

    /// <summary>Ends this activation as soon as no call runs or waits. The next call makes a new one.</summary>
    protected void DeactivateOnIdle() => _activation.DeactivateOnIdle();

    /// <summary>Runs a callback as a call of this grain, again and again, until it is disposed or the activation ends.</summary>
    /// <param name="callback">Told a token that ends with the activation. What it throws is logged, and the timer goes on.</param>
    /// <param name="due">Time until the first run; zero or more.</param>
    /// <param name="period">Time between the end of a run and the next; zero for one run.</param>
    /// <remarks>A timer does not keep an idle activation alive; a reminder wakes one.</remarks>
    protected IDisposable RegisterTimer(Func<CancellationToken, Task> callback, TimeSpan due, TimeSpan period) => _activation.RegisterTimer(callback, due, period);

    /// <summary>Sets a reminder: <see cref="IRemindable.ReceiveReminder"/> is called also when the grain is not active, and after every restart.</summary>
    /// <param name="name">Unique within the grain; one of this name is replaced.</param>
    /// <param name="due">Time until it first fires; zero or more.</param>
    /// <param name="period">Time between firings, 1 s or more; zero for one that fires once.</param>
    /// <exception cref="ArgumentException">The name is empty, or a time is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The grain is not <see cref="IRemindable"/>.</exception>
    /// <exception cref="GrainStoreException">The store has failed.</exception>
    protected Task SetReminder(string name, TimeSpan due, TimeSpan period) => _activation.SetReminder(name, due, period);

    /// <summary>Removes a reminder. False when there was none.</summary>
    /// <exception cref="GrainStoreException">The store has failed.</exception>
    protected Task<bool> RemoveReminder(string name) => _activation.RemoveReminder(name);
}

/// <summary>A grain that takes reminders.</summary>
public interface IRemindable
{
    /// <summary>Called as any other call when a reminder is due. When it throws, the reminder stays due and fires again.</summary>
    /// <param name="name">The reminder's name.</param>
    /// <param name="due">When it was due; long ago if no node ran then.</param>
    /// <param name="cancel">Ends when the call's time is up.</param>
    Task ReceiveReminder(string name, DateTimeOffset due, CancellationToken cancel);
}
