using System.Diagnostics;
using Actors.Grains.Calls;
using Actors.Grains.State;

namespace Actors.Grains.Runtime;

/// <summary>Which calls run, and which wait. All of it on the activation's turns.</summary>
internal sealed partial class Activation
{
    private static readonly AsyncLocal<GrainCall?> s_current = new();

    private readonly List<GrainCall> _begun = new(1);
    private int _writing;
    private LinkedList<GrainCall>? _waiting;
    private RecentCalls? _recent;
    private bool _startsWaiting;

    /// <summary>The call whose code runs here; null outside of grains, and for what runs on when its call has ended.</summary>
    public static GrainCall? CurrentCall => s_current.Value is { HasReturned: false } call ? call : null;

    /// <summary>Begins a call, or keeps it until its turn.</summary>
    public void Admit(GrainCall call)
    {
        call.LeaveInbox();
        if (call.IsOver) return;
        // Before the state is read, nobody knows which calls are repeats.
        if (_phase is Phase.Active or Phase.Ending && !call.Id.IsNone && (_recent ??= new RecentCalls(_host.Options.RecentCalls)).IsRepeat(call)) return;
        if (MayBegin(call, first: _waiting is not { Count: > 0 })) Begin(call);
        else if (IsCycle(call)) Refuse(call, GrainError.Cycle, $"the grain waits for this call: {call.Chain} -> {Id}");
        else Wait(call);
    }

    /// <summary>Called when a call's method has ended.</summary>
    /// <param name="call">The call.</param>
    /// <param name="failure">Null when it is a success, which the call tells itself.</param>
    public void Ended(GrainCall call, Exception? failure)
    {
        call.Activation = null;
        _begun.Remove(call);
        if (!call.Method.IsReadOnly) _writing--;
        var now = Time.GetTimestamp();
        if (call.IsUse) Volatile.Write(ref _lastUse, now);
        if (failure is not null) Fail(call, failure);
        else if (_host.Runtime.Telemetry.IsOn) _host.Runtime.Telemetry.Ended(call, now, null);
        if (_phase == Phase.Ending)
        {
            if (_begun.Count == 0 && !_finishing) _ = Finish();
            return;
        }
        StartWaiting();
        AskForEndWhenIdle();
    }

    /// <summary>Makes what a call by id has asked of the state, together with its id and result.</summary>
    public async Task Commit(GrainCall call, ReadOnlyMemory<byte> json)
    {
        // What the method has left running writes for itself from here on.
        call.Activation = null;
        if (call.Method.IsReadOnly && call.StateChange == StateChange.None)
        {
            foreach (var repeat in _recent!.Forget(call)) repeat.Succeed(json);
            return;
        }
        _recent!.SetResult(call, json);
        if (call.StateChange != StateChange.None) await _state!.Commit(call.StateChange, _recent.ToBytes());
        _recent.Tell(call);
    }

    /// <summary>
    /// Makes what a call by id has asked of the state before its method threw: it stands, as in a call without an id. A repeat gets
    /// the same failure.
    /// </summary>
    public async Task CommitFailure(GrainCall call, Exception failure)
    {
        _recent!.SetResult(call, System.Text.Encoding.UTF8.GetBytes(failure.Message), isFailure: true);
        await _state!.Commit(call.StateChange, _recent.ToBytes());
        call.StateChange = StateChange.None;
        _recent.Tell(call);
    }

    /// <summary>Takes the results that are stored with the state.</summary>
    public void Recall(ReadOnlyMemory<byte> calls) => (_recent ??= new RecentCalls(_host.Options.RecentCalls)).Take(calls);

    /// <summary>The results to store with the state.</summary>
    public ReadOnlyMemory<byte> RecentResults() => _recent?.ToBytes() ?? default;

    /// <exception cref="GrainException"><c>fenced</c>.</exception>
    public void CheckNotFenced()
    {
        if (_ending == DeactivationReason.Fenced) throw new GrainException(GrainError.Fenced, $"{Id}: another activation has written the state");
    }

    /// <summary>Cancels the call of an id, as its caller on another node has done.</summary>
    public void CancelCall(CallId id)
    {
        if (_recent?.Running(id) is { } call) call.CancelByCaller();
    }

    private bool MayBegin(GrainCall call, bool first)
    {
        if (_phase is not (Phase.Active or Phase.Ending) || _ending == DeactivationReason.Fenced) return false;
        // A call that ends before the end can come may need this one.
        if (_phase == Phase.Ending && !IsCycle(call)) return false;
        if (_begun.Count == 0) return first || _host.Class.IsReentrant;
        if (_host.Class.IsReentrant) return true;
        if (!call.Method.IsReadOnly || _writing > 0) return false;
        // A reader passes the writers that wait only when they wait for it: it is a part of a call that runs.
        return first || call.Chain?.Find(Id) is not null;
    }

    /// <summary>Whether this grain waits for the call, in a call that runs now.</summary>
    private bool IsCycle(GrainCall call)
    {
        if (call.Chain?.Find(Id) is not { } link) return false;
        foreach (var begun in _begun)
        {
            if (ReferenceEquals(begun, link.Call) || (link.Call is null && begun.AsLink().CallId == link.CallId)) return true;
        }
        return false;
    }

    private void Begin(GrainCall call)
    {
        if (Time.GetTimestamp() >= call.Deadline)
        {
            Refuse(call, GrainError.Timeout, "its time was up before it could begin");
            return;
        }
        if (!call.TryBegin())
        {
            Drop(call);
            return;
        }
        call.Activation = this;
        _begun.Add(call);
        if (!call.Method.IsReadOnly) _writing++;
        var span = _host.Runtime.Telemetry.IsOn ? _host.Runtime.Telemetry.Begin(call, Time) : null;
        s_current.Value = call;
        call.Invoke(this);
        s_current.Value = null;
        if (span is not null) Activity.Current = null;
    }

    private void Wait(GrainCall call)
    {
        _waiting ??= [];
        if (_waiting.Count >= _host.Options.MaxWaiting)
        {
            Refuse(call, GrainError.Overloaded, $"{_waiting.Count} calls wait already");
            return;
        }
        _waiting.AddLast(call);
    }

    /// <summary>Takes what has come before the state was read.</summary>
    private void AdmitWaiting()
    {
        var early = _waiting;
        _waiting = null;
        if (early is null) return;
        foreach (var call in early) Admit(call);
    }

    /// <summary>Fails a call that was not begun, and its repeats.</summary>
    private void Refuse(GrainCall call, GrainError error, string message)
    {
        call.Fail(error, message);
        foreach (var repeat in Forget(call)) repeat.Fail(error, message);
    }

    /// <summary>Leaves a call that has ended, by its caller or elsewhere, to the first of its repeats.</summary>
    private void Drop(GrainCall call) => Leave(call, Forget(call));

    private void Leave(GrainCall call, IReadOnlyList<GrainCall> repeats)
    {
        foreach (var repeat in repeats)
        {
            if (repeat.IsTryOf(call)) repeat.Fail(new OperationCanceledException());
            else Admit(repeat);
        }
    }

    private IReadOnlyList<GrainCall> Forget(GrainCall call) => call.Id.IsNone || _recent is null ? [] : _recent.Forget(call);

    /// <summary>Begins what may begin. One that ends at once comes back here, and finds that the loop goes on.</summary>
    private void StartWaiting()
    {
        if (_startsWaiting) return;
        _startsWaiting = true;
        while (_waiting?.First is { } first && (first.Value.IsOver || MayBegin(first.Value, first: true)))
        {
            _waiting.RemoveFirst();
            if (first.Value.IsOver) Drop(first.Value);
            else Begin(first.Value);
        }
        _startsWaiting = false;
    }

    private void Fail(GrainCall call, Exception failure)
    {
        if (_host.Runtime.Telemetry.IsOn) _host.Runtime.Telemetry.Ended(call, Time.GetTimestamp(), failure);
        var repeats = Forget(call);
        if (MustRunAnew(call, failure))
        {
            call.BeginAnew();
            _waiting ??= [];
            _waiting.AddFirst(call);
            foreach (var repeat in repeats) _waiting.AddLast(repeat);
            return;
        }
        var told = WasNotStored(call, failure) ? NodeStops() : ToTell(call, failure);
        call.Fail(told);
        if (told is OperationCanceledException)
        {
            // One caller has given up, not all.
            Leave(call, repeats);
            return;
        }
        foreach (var repeat in repeats) repeat.Fail(told);
    }

    /// <summary>Whether the store was closed before it took what the call by id has asked of the state: another node can do the call.</summary>
    private bool WasNotStored(GrainCall call, Exception failure) => !call.Id.IsNone && call.StateChange != StateChange.None && IsOfStop(failure);

    /// <summary>The store of a node that stops is closed, and the reads that it has not begun are cancelled.</summary>
    private bool IsOfStop(Exception failure) => failure is ObjectDisposedException or OperationCanceledException && _host.Runtime.Stopping.IsCancellationRequested;

    private GrainException NodeStops() => new(GrainError.NoNode, $"{Id}: this node stops");

    /// <summary>What the caller is told of a failure: the same from this process and from another node.</summary>
    private Exception ToTell(GrainCall call, Exception failure)
    {
        if (failure is OperationCanceledException && call.Cancel.IsCancellationRequested) return failure;
        if (failure is GrainException { Error: GrainError.Cycle or GrainError.Fenced }) return failure;
        if (failure is not GrainException) _host.Runtime.Log.CallFailed(Id, call.Method.Name, failure);
        return new GrainException(GrainError.Failed, failure.Message, failure);
    }

    /// <summary>
    /// Whether nothing of the call has happened: its write was refused or its outcome is unknown. The next activation reads the row, and with it
    /// whether the call was done.
    /// </summary>
    private bool MustRunAnew(GrainCall call, Exception failure)
    {
        if (call.Id.IsNone || call.StateChange == StateChange.None) return false;
        if (failure is GrainException { Error: GrainError.Fenced }) return true;
        if (failure is not GrainStoreException) return false;
        _host.Runtime.Log.CommitFailed(Id, call.Method.Name, failure);
        _ending ??= DeactivationReason.Fenced;
        AskForEnd();
        return true;
    }

    private void ExpireCalls(long now)
    {
        foreach (var call in _begun.ToArray())
        {
            if (now < call.Deadline) continue;
            call.CancelByCaller();
            call.Fail(GrainError.Timeout, "no result within its time; the grain still works on it");
        }
        foreach (var repeat in _recent?.TakeOverdue(now) ?? []) repeat.Fail(GrainError.Timeout, "no result within its time; the grain still works on it");
        List<LinkedListNode<GrainCall>>? overdue = null;
        for (var waiting = _waiting?.First; waiting is not null; waiting = waiting.Next)
        {
            if (waiting.Value.IsOver || now >= waiting.Value.Deadline) (overdue ??= []).Add(waiting);
        }
        if (overdue is null) return;
        foreach (var waiting in overdue)
        {
            // One that was left to its repeats may have begun others.
            if (waiting.List is not { } list) continue;
            list.Remove(waiting);
            if (waiting.Value.IsOver) Drop(waiting.Value);
            else Refuse(waiting.Value, GrainError.Timeout, "its time was up before it could begin");
        }
        if (_phase == Phase.Active) StartWaiting();
    }
}
