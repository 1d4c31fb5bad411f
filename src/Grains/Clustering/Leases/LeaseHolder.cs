using Akka.Coordination;

namespace Actors.Grains.Clustering.Leases;

/// <summary>The side of a lease's owner: takes it, renews it, and knows when it can no longer be sure of it.</summary>
/// <remarks>
/// The lease counts as held until <c>lasts</c> after the start of the last operation that succeeded. The table counts from a later moment,
/// so the owner always lets go first. Called from any thread.
/// </remarks>
/// <param name="table">Where the lease is kept.</param>
/// <param name="name">The lease.</param>
/// <param name="owner">Who takes it here.</param>
/// <param name="times">When to renew it, how long it lasts, and how long an operation may take.</param>
/// <param name="waitsForDead">
/// Whether taking it waits for the end of a lease whose owner has missed a heartbeat. The owner has then most likely died, and who takes its
/// place must not give up because it asked too early.
/// </param>
/// <param name="time">The clock of the owner; that of the table is another.</param>
internal sealed class LeaseHolder(ILeaseTable table, string name, string owner, TimeoutSettings times, bool waitsForDead, TimeProvider time)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(500);

    // How late a heartbeat of a living owner may be.
    private static readonly TimeSpan s_lateness = TimeSpan.FromMilliseconds(300);

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
            long began;
            while (true)
            {
                began = time.GetTimestamp();
                if (await Within(times.OperationTimeout, $"take the lease \"{name}\"", cancel => table.TakeAsync(name, owner, token, times.HeartbeatTimeout, cancel)).ConfigureAwait(false)) break;
                if (!waitsForDead) return false;
                var left = await Within(times.OperationTimeout, $"read the lease \"{name}\"", cancel => table.LeftAsync(name, cancel)).ConfigureAwait(false) ?? TimeSpan.Zero;
                var sinceRenewed = times.HeartbeatTimeout - left;
                if (sinceRenewed < times.HeartbeatInterval + s_lateness) return false;
                if (left > TimeSpan.Zero) await Task.Delay(left < s_look ? left : s_look, time).ConfigureAwait(false);
            }
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
            await Within(times.OperationTimeout, $"give back the lease \"{name}\"", async cancel =>
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

    private async Task<T> Within<T>(TimeSpan span, string what, Func<CancellationToken, Task<T>> operation)
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
