using System.Diagnostics;
using Actors.Grains.Calls;
using Actors.Grains.Reminders;
using Actors.Grains.State;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Runtime;

/// <summary>
/// A grain in memory, and the only place where its code runs. Work comes into an inbox from any thread; one thread at a time
/// takes it out, and is this object's synchronization context meanwhile, so that each <c>await</c> of the grain comes back here.
/// </summary>
/// <remarks>
/// The life of an activation: its entity actor makes it; it reads the state and calls <see cref="Grain.OnActivate"/>; it works on calls;
/// its shard, or the activation itself, asks for its end; running calls end; <see cref="Grain.OnDeactivate"/>; the inbox is
/// closed, and what waits is sent by the region once more; the entity actor stops.
/// </remarks>
internal sealed partial class Activation : SynchronizationContext
{
    private static readonly GrainMethod s_onActivate = OwnCall.MethodOf("(activation)");

    [ThreadStatic]
    private static Activation? s_underConstruction;

    private readonly KindHost _host;
    private readonly IActivationOwner _owner;
    private IServiceScope? _scope;
    private GrainState? _state;
    private Phase _phase = Phase.Activating;
    private DeactivationReason? _ending;
    private bool _endsAfterActivation;
    private bool _askedForEnd;
    private bool _finishing;
    private GrainException? _activationFailure;
    private List<GrainTimer>? _timers;
    private long _lastUse;

    public Activation(KindHost host, string key, IActivationOwner owner)
    {
        _host = host;
        _owner = owner;
        Key = key;
        _lastUse = host.Time.GetTimestamp();
    }

    private enum Phase : byte
    {
        Activating,
        Active,

        /// <summary>Running calls end; nothing new begins.</summary>
        Ending,
        Closed,
    }

    /// <summary>The activation whose grain this thread makes.</summary>
    public static Activation? UnderConstruction => s_underConstruction;

    public string Key { get; }

    public GrainId Id => new(_host.Kind, Key);

    public KindRoute Route => _host.Route;

    public Grain? Grain { get; private set; }

    public IGrains Grains => _host.Runtime;

    public TimeProvider Time => _host.Time;

    public IServiceProvider Services => (_scope ??= _host.Runtime.Services.CreateScope()).ServiceProvider;

    public IState<T> State<T>() where T : new()
    {
        if (_state is not null) throw new InvalidOperationException($"{_host.Class.Type.Name} has two states: expected one IState<T> in the constructor");
        var state = new GrainState<T>(this, _host.Runtime.Store, _host.Runtime.CodecOf<T>());
        _state = state;
        return state;
    }

    /// <summary>Makes the grain, on the first turn. Called once, when the owner knows the activation.</summary>
    /// <param name="first">The call that the grain is made for. It waits before the grain is made, which so knows who waits for it.</param>
    public void Start(GrainCall first)
    {
        PostOnce(first);
        Post(new Step(static activation => _ = activation.Activate()));
    }

    /// <summary>Ends the activation. May be called from any thread.</summary>
    public void End(DeactivationReason reason) => Post(new Step(activation => activation.BeginEnd(reason)));

    public void DeactivateOnIdle()
    {
        _ending ??= DeactivationReason.Asked;
        AskForEndWhenIdle();
    }

    /// <summary>Another activation has written the state: this one must do nothing any more.</summary>
    public void Fence()
    {
        if (_ending == DeactivationReason.Fenced) return;
        _host.Runtime.Telemetry.Fenced(_host.Kind);
        _ending = DeactivationReason.Fenced;
        AskForEnd();
    }

    public void HasWritten() => _host.Runtime.Telemetry.Written(_host.Kind);

    public IDisposable RegisterTimer(Func<CancellationToken, Task> callback, TimeSpan due, TimeSpan period)
    {
        var timer = new GrainTimer(this, callback, due, period, Time);
        (_timers ??= []).Add(timer);
        return timer;
    }

    public Task SetReminder(string name, TimeSpan due, TimeSpan period) => GrainReminders.Set(_host, Grain, Key, name, due, period);

    public Task<bool> RemoveReminder(string name) => GrainReminders.Remove(_host, Key, name);

    public void Forget(GrainTimer timer) => _timers?.Remove(timer);

    private async Task Activate()
    {
        try
        {
            s_underConstruction = this;
            try
            {
                Grain = _host.Class.New(new GrainParts(this));
            }
            finally
            {
                s_underConstruction = null;
            }
            if (_state is not null) await _state.Load(_host.Runtime.Stopping);
            await RunOnActivate(Grain);
            _host.Runtime.Telemetry.Activated(_host.Kind);
        }
        catch (Exception failure)
        {
            FailActivation(failure);
        }
        if (_endsAfterActivation)
        {
            _phase = Phase.Ending;
            _ = Finish();
        }
        else if (_activationFailure is null)
        {
            _phase = Phase.Active;
            AdmitWaiting();
            AskForEndWhenIdle();
        }
    }

    /// <summary>As a call, so that one that comes back to this grain is a cycle, and does not wait for its own end.</summary>
    private async Task RunOnActivate(Grain grain)
    {
        var activating = new OwnCall(this, s_onActivate, () => grain.Activate(_host.Runtime.Stopping)) { Chain = _waiting?.First?.Value.Chain };
        _begun.Add(activating);
        s_current.Value = activating;
        try
        {
            await activating.Invoke(grain, _host.Runtime.Stopping);
        }
        finally
        {
            activating.HasReturned = true;
            _begun.Remove(activating);
        }
    }

    /// <summary>What waits fails; what comes later is a new activation's.</summary>
    private void FailActivation(Exception failure)
    {
        if (IsOfStop(failure))
        {
            _activationFailure = NodeStops();
        }
        else
        {
            _host.Runtime.Log.ActivationFailed(Id, failure);
            _activationFailure = new GrainException(GrainError.Failed, $"{Id}: the activation has failed: {failure.Message}", failure);
        }
        AskForEnd();
    }

    private void AskForEndWhenIdle()
    {
        if (_ending is not null && _phase == Phase.Active && _begun.Count == 0 && _waiting is not { Count: > 0 }) AskForEnd();
    }

    /// <summary>Asks the shard, which keeps back what comes by the region until this activation has gone.</summary>
    private void AskForEnd()
    {
        if (_askedForEnd) return;
        _askedForEnd = true;
        _owner.AskForEnd();
    }

    private void BeginEnd(DeactivationReason reason)
    {
        if (_phase is Phase.Ending or Phase.Closed) return;
        _ending ??= reason;
        if (_phase == Phase.Activating && _activationFailure is null)
        {
            _endsAfterActivation = true;
            return;
        }
        _phase = Phase.Ending;
        if (_begun.Count == 0) _ = Finish();
    }

    private async Task Finish()
    {
        _finishing = true;
        EndTimers();
        if (_activationFailure is null && Grain is not null)
        {
            try
            {
                using var patience = new CancellationTokenSource(_host.Options.DeactivationTimeout, Time);
                await Grain.Deactivate(_ending!.Value, patience.Token).WaitAsync(patience.Token);
            }
            catch (Exception failure)
            {
                _host.Runtime.Log.DeactivationFailed(Id, failure);
            }
            _host.Runtime.Telemetry.Deactivated(_host.Kind);
        }
        await LeaveScope();
        Close();
    }

    private void EndTimers()
    {
        foreach (var timer in _timers?.ToArray() ?? [])
        {
            try
            {
                timer.Dispose();
            }
            catch (Exception failure)
            {
                // The grain's own code hangs on the timer's token.
                _host.Runtime.Log.DeactivationFailed(Id, failure);
            }
        }
    }

    private async Task LeaveScope()
    {
        try
        {
            if (_scope is IAsyncDisposable scope) await scope.DisposeAsync().AsTask().WaitAsync(_host.Options.DeactivationTimeout, Time);
            else _scope?.Dispose();
        }
        catch (Exception failure)
        {
            _host.Runtime.Log.DeactivationFailed(Id, failure);
        }
    }

    /// <summary>Ends the activation without its running calls and <see cref="Grain.OnDeactivate"/>, because its entity has been stopped. May be called from any thread.</summary>
    public void Abandon()
    {
        _host.Forget(this);
        Post(new Step(static activation => activation.GiveUp()));
    }

    private void GiveUp()
    {
        if (_phase == Phase.Closed) return;
        // Another activation may be made meanwhile: what still runs here must not write.
        _ending = DeactivationReason.Fenced;
        EndTimers();
        foreach (var call in _begun.ToArray()) Refuse(call, GrainError.Timeout, "its activation was stopped; the grain may have done it");
        _ = LeaveScope();
        Close();
    }

    private void Close()
    {
        if (_phase == Phase.Closed) return;
        _phase = Phase.Closed;
        _host.Forget(this);
        var left = CloseInbox();
        if (_waiting is not null)
        {
            foreach (var call in _waiting)
            {
                GiveBack(call);
                foreach (var repeat in Forget(call)) GiveBack(repeat);
            }
        }
        while (left is not null)
        {
            // A call that is given back may be in another inbox at once.
            var item = left;
            left = item.Next;
            item.Next = null;
            if (item is GrainCall call)
            {
                call.LeaveInbox();
                GiveBack(call);
            }
            else
            {
                Run(item);
            }
        }
        _owner.Ended();
    }

    /// <summary>
    /// Sends a call that has not begun to the next activation, or fails it with this one's failure. What waits because the store is
    /// away is sent again while its time lasts.
    /// </summary>
    private void GiveBack(GrainCall call)
    {
        // A timer's call, which ends with the timer.
        if (!call.IsUse) call.Fail(new OperationCanceledException());
        else if (_activationFailure is null) _host.Runtime.SendAgain(call);
        else if (_activationFailure.InnerException is GrainStoreException && !call.Id.IsNone) _host.Runtime.SendLater(call);
        else call.Fail(_activationFailure);
    }

    /// <summary>Called by the node's scan, on any thread.</summary>
    public void Look(long now)
    {
        if (IsBusy || _waiting is { Count: > 0 } || Time.GetElapsedTime(Volatile.Read(ref _lastUse), now) >= _host.Options.IdleTimeout) Post(new Step(static activation => activation.LookInside()));
    }

    private void LookInside()
    {
        var now = Time.GetTimestamp();
        ExpireCalls(now);
        if (_phase != Phase.Active || _begun.Count > 0 || _waiting is { Count: > 0 }) return;
        if (Time.GetElapsedTime(_lastUse, now) < _host.Options.IdleTimeout) return;
        _ending ??= DeactivationReason.Idle;
        AskForEnd();
    }
}

/// <summary>Who made an activation: its entity actor, or the pool of a stateless worker.</summary>
internal interface IActivationOwner
{
    /// <summary>Called on the activation's turn: the owner answers by <see cref="Activation.End"/>.</summary>
    void AskForEnd();

    /// <summary>The activation takes no more work.</summary>
    void Ended();
}
