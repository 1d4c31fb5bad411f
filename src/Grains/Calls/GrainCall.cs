using System.Diagnostics;
using System.Text.Json;
using Actors.Grains.Runtime;
using Actors.Grains.State;

namespace Actors.Grains.Calls;

/// <summary>One call of a grain: method, arguments, and the way back to the caller. Generated code has a class for each method.</summary>
public abstract class GrainCall : WorkItem
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Over = 2;

    private int _phase;
    private bool _isCancelled;

    /// <summary>Writes the arguments into an array, in the order of the parameters, without a cancellation token.</summary>
    protected internal abstract void WriteArguments(Utf8JsonWriter writer, GrainJson json);

    /// <summary>Reads the arguments.</summary>
    /// <param name="reader">Behind the array's start.</param>
    /// <param name="json">Reads values.</param>
    /// <exception cref="JsonException">An argument is missing or wrong.</exception>
    protected internal abstract void ReadArguments(ref Utf8JsonReader reader, GrainJson json);

    internal GrainMethod Method { get; set; } = null!;

    internal KindRoute Route { get; set; } = null!;

    internal string Key { get; set; } = "";

    internal GrainId Target => new(Route.Kind, Key);

    /// <summary>None for a call that nobody can repeat.</summary>
    internal CallId Id { get; set; }

    /// <summary>When the call's time is up, as a timestamp of the node's clock.</summary>
    internal long Deadline { get; set; }

    /// <summary>The grains that wait for this call.</summary>
    internal CallChain? Chain { get; set; }

    internal ActivityContext Trace { get; set; }

    /// <summary>For the method's parameter.</summary>
    internal CancellationToken Cancel { get; set; }

    /// <summary>Cancels <see cref="Cancel"/> when the caller, on another node or behind a gateway, has given up. Null in this process.</summary>
    internal CancellationTokenSource? Source { get; set; }

    private CancellationTokenRegistration _registration;

    /// <summary>Its number among the calls that this node has sent by a region and that have not ended; 0 for none of them.</summary>
    internal long Number { get; set; }

    /// <summary>Who gets the result as JSON; null when a task of the method's type does.</summary>
    internal ICallSink? Sink { get; set; }

    /// <summary>The activation that works on it; null as soon as its method has ended.</summary>
    internal Activation? Activation { get; set; }

    /// <summary>Whether the method has ended. What its code still runs then, and OnDeactivate behind it, is not the call's any more.</summary>
    internal bool HasReturned { get; set; }

    /// <summary>What the method has asked of the state; done when it has ended.</summary>
    internal StateChange StateChange { get; set; }

    /// <summary>When the call has begun, as a timestamp of the node's clock; 0 when nobody measures.</summary>
    internal long BegunAt { get; set; }

    /// <summary>The grain's span; null when nobody listens.</summary>
    internal Activity? Span { get; set; }

    internal bool IsOver => Volatile.Read(ref _phase) == Over;

    /// <summary>This call, as the calls that it makes see it.</summary>
    internal CallChain AsLink() => _asLink ?? Interlocked.CompareExchange(ref _asLink, new CallChain(Target, this, Chain), null) ?? _asLink;

    private CallChain? _asLink;

    /// <summary>False when it runs already, or has ended.</summary>
    internal bool TryBegin() => Interlocked.CompareExchange(ref _phase, Begun, Waiting) == Waiting;

    /// <summary>Lets a call that came to nothing begin once more, at another activation.</summary>
    internal void BeginAnew()
    {
        StateChange = StateChange.None;
        HasReturned = false;
        Activation = null;
        Interlocked.CompareExchange(ref _phase, Waiting, Begun);
    }

    /// <summary>True for the one who may tell the result.</summary>
    private protected bool TryEnd()
    {
        if (Interlocked.Exchange(ref _phase, Over) == Over) return false;
        if (Number != 0) Route.Runtime.Pending.Remove(this);
        if (_registration != default) _registration.Dispose();
        return true;
    }

    /// <summary>Whether the other call is one more try of the same caller, who takes one end for all of them.</summary>
    internal bool IsTryOf(GrainCall other) => Sink is RemoteSink mine && other.Sink is RemoteSink its && mine.Number == its.Number && mine.Replies.Equals(its.Replies);

    /// <summary>False when it is in an inbox already.</summary>
    internal bool TryEnterInbox() => Interlocked.Exchange(ref _isInInbox, true) == false;

    /// <summary>Called when it is linked to nothing any more.</summary>
    internal void LeaveInbox() => Volatile.Write(ref _isInInbox, false);

    private bool _isInInbox;

    internal sealed override void Run(Activation activation) => activation.Admit(this);

    /// <summary>Ends the call as cancelled when the caller's token says so.</summary>
    internal void CancelBy(CancellationToken cancel)
    {
        Cancel = cancel;
        _registration = cancel.UnsafeRegister(static call => ((GrainCall)call!).CancelByCaller(), this);
        if (IsOver) _registration.Dispose();
    }

    /// <summary>Ends the call when it has not begun here; otherwise its method's token, or the other node, hears of it.</summary>
    internal void CancelByCaller()
    {
        // Once: a call that this node has sent to itself comes here again.
        if (IsOver || Interlocked.Exchange(ref _isCancelled, true)) return;
        try
        {
            Source?.Cancel();
        }
        catch (AggregateException failure)
        {
            // What the grain has hung on its token is not the caller's matter.
            Route.Runtime.Log.CallFailed(Target, Method.Name, failure);
        }
        if (Number != 0) Route.Runtime.CancelElsewhere(this);
        if (TryBegin()) Fail(new OperationCanceledException(Cancel));
    }

    /// <summary>Runs the method, on the activation's turn, and tells the activation when it has ended.</summary>
    internal abstract void Invoke(Activation activation);

    /// <summary>Ends the call with a result from another node, or of an earlier try.</summary>
    internal abstract void Succeed(ReadOnlyMemory<byte> json);

    internal abstract void Fail(Exception failure);

    internal void Fail(GrainError error, string message) => Fail(new GrainException(error, $"{Target} {Method.Name}: {message}"));

    /// <summary>Whether the call keeps its activation from being idle.</summary>
    internal virtual bool IsUse => true;
}

/// <summary>A call whose method returns a result. Generated code has a class for each method.</summary>
/// <typeparam name="TResult">The result; <see cref="Nothing"/> for a method that returns none.</typeparam>
public abstract class GrainCall<TResult> : GrainCall
{
    private static readonly ReadOnlyMemory<byte> s_null = "null"u8.ToArray();

    private TaskCompletionSource<TResult>? _completion;

    /// <summary>Calls the method.</summary>
    /// <param name="grain">Implements the interface.</param>
    /// <param name="cancel">For the method's parameter, if it has one.</param>
    protected internal abstract ValueTask<TResult> Invoke(object grain, CancellationToken cancel);

    /// <summary>The task that the caller awaits. Made before the call is sent.</summary>
    internal Task<TResult> AsTask() => (_completion ??= new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    internal sealed override void Invoke(Activation activation)
    {
        ValueTask<TResult> result;
        try
        {
            var filters = Route.Runtime.Settings.GrainFilters;
            result = filters.Count == 0 ? Invoke(activation.Grain!, Cancel) : new ValueTask<TResult>(InvokeFiltered(activation.Grain!, filters));
        }
        catch (Exception failure)
        {
            result = ValueTask.FromException<TResult>(failure);
        }
        HasReturned = result.IsCompleted;
        if (Id.IsNone && Sink is null && result.IsCompletedSuccessfully)
        {
            activation.Ended(this, null);
            Succeed(result.Result);
        }
        else if (Id.IsNone && result.IsCompletedSuccessfully)
        {
            SucceedAsJson(activation, result.Result);
        }
        else
        {
            _ = Finish(activation, result);
        }
    }

    private async Task<TResult> InvokeFiltered(object grain, IReadOnlyList<ICallFilter> filters)
    {
        var result = default(TResult);
        await CallFilters.Run(filters, this, async () => result = await Invoke(grain, Cancel));
        return result!;
    }

    /// <summary>Commits what the call has asked of the state, then tells the result. Runs on the activation's turns.</summary>
    private async Task Finish(Activation activation, ValueTask<TResult> running)
    {
        try
        {
            TResult result;
            try
            {
                result = await running;
            }
            catch (Exception thrown) when (!Id.IsNone && StateChange != StateChange.None && thrown is not GrainException { Error: GrainError.Fenced })
            {
                HasReturned = true;
                await activation.CommitFailure(this, thrown);
                activation.Ended(this, thrown);
                return;
            }
            finally
            {
                HasReturned = true;
            }
            if (Id.IsNone)
            {
                if (Sink is not null)
                {
                    SucceedAsJson(activation, result);
                    return;
                }
                activation.Ended(this, null);
                Succeed(result);
                return;
            }
            var json = Json(result);
            await activation.Commit(this, json);
            activation.Ended(this, null);
            if (Sink is null) Succeed(result);
            else SucceedWith(json);
        }
        catch (Exception failure)
        {
            activation.Ended(this, failure);
        }
    }

    /// <summary>Ends a call for another node or a gateway. A result that is no JSON is a failure of the grain.</summary>
    private void SucceedAsJson(Activation activation, TResult result)
    {
        ReadOnlyMemory<byte> json;
        try
        {
            json = Json(result);
        }
        catch (Exception unwritable)
        {
            activation.Ended(this, unwritable);
            return;
        }
        activation.Ended(this, null);
        SucceedWith(json);
    }

    internal sealed override void Succeed(ReadOnlyMemory<byte> json)
    {
        if (Sink is not null)
        {
            SucceedWith(json);
            return;
        }
        TResult result;
        try
        {
            result = Read(json);
        }
        catch (Exception unreadable)
        {
            Fail(new GrainException(GrainError.Failed, $"{Target} {Method.Name}: the result is not read: {unreadable.Message}", unreadable));
            return;
        }
        if (TryEnd()) _completion?.TrySetResult(result);
    }

    internal sealed override void Fail(Exception failure)
    {
        if (!TryEnd()) return;
        if (Sink is { } sink) sink.Failed(this, failure);
        else if (failure is OperationCanceledException cancelled) _completion?.TrySetCanceled(cancelled.CancellationToken);
        else _completion?.TrySetException(failure);
    }

    private protected virtual ReadOnlyMemory<byte> Json(TResult result)
    {
        return typeof(TResult) == typeof(Nothing) ? s_null : Route.Runtime.Json.Octets(result);
    }

    private protected virtual TResult Read(ReadOnlyMemory<byte> json) =>
        typeof(TResult) == typeof(Nothing) ? default! : Route.Runtime.Json.Read<TResult>(json.Span);

    /// <summary>Ends a call that a task of this process waits for.</summary>
    private void Succeed(TResult result)
    {
        if (TryEnd()) _completion?.TrySetResult(result);
    }

    private void SucceedWith(ReadOnlyMemory<byte> json)
    {
        if (TryEnd()) Sink!.Succeeded(this, json);
    }
}
