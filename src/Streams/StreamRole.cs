using Akka.Actor;

namespace Actors.Streams;

/// <summary>The role of a running stream, as its stage materializes it. Each run of a stream has a role of its own.</summary>
/// <remarks>All members may be used from any thread.</remarks>
public class StreamRole
{
    private readonly TaskCompletionSource<RoleReady> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<IActorRef> _actor = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal StreamRole(string name) => Name = name;

    /// <summary>The role's name, from its settings.</summary>
    public string Name { get; }

    /// <summary>
    /// Ends when the role is ready, with the endpoints in force. Faults with what the role has failed on when it can never open,
    /// or with an <see cref="InvalidOperationException"/> when the stream ends before.
    /// </summary>
    public Task<RoleReady> Ready => _ready.Task;

    /// <summary>The role's actor, once the stream has started: for <see cref="GetRoleStatus"/>, and for topics of a subscribe role.</summary>
    public Task<IActorRef> Actor => _actor.Task;

    internal void Started(IActorRef role) => _actor.TrySetResult(role);

    internal void BecameReady(RoleReady ready) => _ready.TrySetResult(ready);

    internal void Ended(Exception? cause)
    {
        cause ??= new InvalidOperationException($"{Name}: the stream ended before its role was ready");
        Fault(_ready, cause);
        Fault(_actor, cause);
    }

    /// <summary>Nobody need look at the task.</summary>
    private protected static void Fault<T>(TaskCompletionSource<T> task, Exception cause)
    {
        if (task.TrySetException(cause)) _ = task.Task.Exception;
    }
}

/// <summary>The role of a source.</summary>
public sealed class SourceRole : StreamRole
{
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action<TimeSpan>? _drain;
    private TimeSpan? _limit;

    internal SourceRole(string name)
        : base(name)
    {
    }

    /// <summary>
    /// Completes the source in order: a subscribe role ends its subscriptions, an acknowledged role takes no more tasks and gives
    /// back those that the stream has not begun, and the stream works off what has come.
    /// </summary>
    /// <param name="limit">The time for that; then the source completes all the same, and what was left is counted as dropped.</param>
    /// <returns>Ends when the source has completed.</returns>
    /// <remarks>A plain PULL socket cannot tell its peers to stop: what they go on sending is taken as long as the stream keeps up.</remarks>
    public Task Drain(TimeSpan limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, TimeSpan.Zero);
        Action<TimeSpan>? drain;
        lock (_drained)
        {
            drain = _drain;
            _limit ??= limit;
        }
        drain?.Invoke(limit);
        return _drained.Task;
    }

    /// <summary>From now on the stage is told to drain, also if it was asked before.</summary>
    internal void DrainsBy(Action<TimeSpan> drain)
    {
        TimeSpan? asked;
        lock (_drained)
        {
            _drain = drain;
            asked = _limit;
        }
        if (asked is { } limit) drain(limit);
    }

    internal void Drained() => _drained.TrySetResult();
}

/// <summary>The role of a sink.</summary>
public sealed class SinkRole : StreamRole
{
    private readonly TaskCompletionSource<SinkEnd> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal SinkRole(string name)
        : base(name)
    {
    }

    /// <summary>
    /// Ends when the stream has ended, the role has sent what it had and stopped, and its socket has had its linger time to deliver
    /// it: a second by default, unless no other socket of the process is open and it is done before. With acknowledged delivery
    /// it ends with the last acknowledgement, or when the limit is over. <see cref="SinkEnd"/> tells what was not delivered.
    /// Faults with a <see cref="SinkFailedException"/> when the stream or the role has failed.
    /// </summary>
    public Task<SinkEnd> Completion => _completion.Task;

    internal void Completed(SinkEnd end) => _completion.TrySetResult(end);

    internal void Failed(SinkEnd end, Exception cause) => Fault(_completion, new SinkFailedException(Name, end, cause));
}
