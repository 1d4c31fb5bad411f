using Akka.Coordination;

namespace Actors.Grains.Clustering.Leases;

/// <summary>The side of a lease's owner: takes it, renews it, and knows when it can no longer be sure of it.</summary>
/// <remarks>
/// The lease counts as held until <c>lasts</c> after the start of the last operation that succeeded. The table counts from a later moment,
/// so the owner always lets go first. Called from any thread.
/// </remarks>
internal sealed class LeaseHolder(ILeaseTable table, string name, string owner, TimeoutSettings times, TimeProvider time)
{
    private readonly SemaphoreSlim _turn = new(1);
    private Holding? _held;

    /// <summary>Whether the lease is held now.</summary>
    public bool IsHeld => Volatile.Read(ref _held) is { } held && IsInTime(held);

    /// <summary>Takes the lease.</summary>
    /// <param name="lost">Told once, with the reason if there is one, when the lease is lost; not when it is released.</param>
    /// <returns>False when another owner holds it.</returns>
    /// <exception cref="LeaseTimeoutException">The table did not answer in time.</exception>
    /// <exception cref="LeaseException">The table cannot be used.</exception>
    public async Task<bool> AcquireAsync(Action<Exception?>? lost)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            var before = Volatile.Read(ref _held);
            if (before is not null && !IsInTime(before)) Lose(before, TimeIsUp(null));
            if (IsHeld && before is not null)
            {
                before.Lost = lost;
                return true;
            }
            var token = Guid.NewGuid();
            var began = time.GetTimestamp();
            if (!await WithinLimit($"take the lease \"{name}\"", cancel => table.TakeAsync(name, owner, token, times.HeartbeatTimeout, cancel)).ConfigureAwait(false)) return false;
            var held = new Holding(token, lost) { Since = began };
            Volatile.Write(ref _held, held);
            _ = RenewAsync(held);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Gives the lease back. True also when it was not held.</summary>
    /// <exception cref="LeaseTimeoutException">The table did not answer in time; the lease ends by itself.</exception>
    /// <exception cref="LeaseException">The table cannot be used; the lease ends by itself.</exception>
    public async Task<bool> ReleaseAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (Interlocked.Exchange(ref _held, null) is not { } held) return true;
            held.End.Cancel();
            await WithinLimit($"give back the lease \"{name}\"", async cancel =>
            {
                await table.GiveBackAsync(name, held.Token, cancel).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task RenewAsync(Holding held)
    {
        Exception? lastFault = null;
        try
        {
            while (true)
            {
                var left = times.HeartbeatTimeout - time.GetElapsedTime(held.Since);
                if (left <= TimeSpan.Zero)
                {
                    Lose(held, TimeIsUp(lastFault));
                    return;
                }
                await Task.Delay(left < times.HeartbeatInterval ? left : times.HeartbeatInterval, time, held.End.Token).ConfigureAwait(false);
                left = times.HeartbeatTimeout - time.GetElapsedTime(held.Since);
                if (left <= TimeSpan.Zero) continue;
                try
                {
                    var began = time.GetTimestamp();
                    // No longer than the lease is held, so that its loss is told in time.
                    var limit = left;
                    if (limit > times.OperationTimeout) limit = times.OperationTimeout;
                    if (!await Within(limit, $"renew the lease \"{name}\"", cancel => table.RenewAsync(name, held.Token, times.HeartbeatTimeout, cancel)).ConfigureAwait(false))
                    {
                        Lose(held, new LeaseException($"The lease \"{name}\" of {owner} was taken by another owner."));
                        return;
                    }
                    held.Since = began;
                    lastFault = null;
                }
                catch (LeaseException fault)
                {
                    lastFault = fault;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Released.
        }
    }

    private void Lose(Holding held, Exception reason)
    {
        if (Interlocked.CompareExchange(ref _held, null, held) != held) return;
        held.End.Cancel();
        held.Lost?.Invoke(reason);
    }

    private Task<bool> WithinLimit(string what, Func<CancellationToken, Task<bool>> operation) => Within(times.OperationTimeout, what, operation);

    private async Task<bool> Within(TimeSpan span, string what, Func<CancellationToken, Task<bool>> operation)
    {
        using var limit = new CancellationTokenSource(span, time);
        try
        {
            // WaitAsync, because an operation may notice the cancellation late, and the owner has to go on. What it does in the table
            // later bears a token that is no longer in use.
            return await operation(limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException fault)
        {
            throw new LeaseTimeoutException($"{owner} could not {what} within {span.TotalMilliseconds} ms.", fault);
        }
        catch (Exception fault) when (fault is not LeaseException)
        {
            throw new LeaseException($"{owner} could not {what}: {fault.Message}", fault);
        }
    }

    private bool IsInTime(Holding held) => time.GetElapsedTime(held.Since) < times.HeartbeatTimeout;

    private LeaseException TimeIsUp(Exception? lastFault)
    {
        var text = $"The lease \"{name}\" of {owner} could not be renewed for {times.HeartbeatTimeout.TotalMilliseconds} ms.";
        return lastFault is null ? new LeaseException(text) : new LeaseException($"{text} {lastFault.Message}", lastFault);
    }

    private sealed class Holding(Guid token, Action<Exception?>? lost)
    {
        private long _since;

        public Guid Token => token;

        public CancellationTokenSource End { get; } = new();

        public Action<Exception?>? Lost { get; set; } = lost;

        /// <summary>The timestamp at which the last operation that succeeded began.</summary>
        public long Since
        {
            get => Volatile.Read(ref _since);
            set => Volatile.Write(ref _since, value);
        }
    }
}
