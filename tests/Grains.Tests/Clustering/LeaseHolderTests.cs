using Actors.Grains.Clustering.Leases;
using Akka.Coordination;
using Microsoft.Extensions.Time.Testing;

namespace Grains.Tests.Clustering;

public sealed class LeaseHolderTests
{
    private static readonly TimeoutSettings Times = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(3));
    private readonly TellingTime _time = new();
    private readonly FakeTable _table = new();

    private LeaseHolder Holder(string owner, bool waitsForDead = false) => new(_table, "l", owner, Times, waitsForDead, _time);

    [Fact]
    public async Task A_lease_that_another_owner_holds_is_not_taken()
    {
        Assert.True(await Holder("a").AcquireAsync(null));
        var other = Holder("b");
        Assert.False(await other.AcquireAsync(null));
        Assert.False(other.IsHeld);
    }

    [Fact]
    public async Task A_released_lease_is_free_and_its_loss_is_not_told()
    {
        var lost = new TaskCompletionSource<Exception?>();
        var holder = Holder("a");
        await holder.AcquireAsync(lost.SetResult);
        Assert.True(await holder.ReleaseAsync());
        Assert.False(holder.IsHeld);
        Assert.Null(_table.Owner);
        Assert.True(await Holder("b").AcquireAsync(null));
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.False(lost.Task.IsCompleted);
    }

    [Fact]
    public async Task A_heartbeat_keeps_the_lease_beyond_its_timeout()
    {
        var holder = Holder("a");
        await holder.AcquireAsync(null);
        for (var i = 1; i <= 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            await _table.RenewedAsync(i);
            await _time.TimersAsync(2 + 2 * i);
            Assert.True(holder.IsHeld);
        }
    }

    [Fact]
    public async Task A_lease_that_another_owner_has_taken_is_lost_at_the_next_heartbeat_and_that_is_told_once()
    {
        var lost = new TaskCompletionSource<Exception?>();
        var holder = Holder("a");
        // SetResult would throw at a second time.
        await holder.AcquireAsync(lost.SetResult);
        _table.TakenBy("b");
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("The lease \"l\" of a was taken by another owner.", (await lost.Task.WaitAsync(TestNode.Limit))!.Message);
        Assert.False(holder.IsHeld);
    }

    [Fact]
    public async Task A_lease_whose_database_is_down_is_no_longer_held_after_its_timeout_and_the_reason_is_told()
    {
        var lost = new TaskCompletionSource<Exception?>();
        var holder = Holder("a");
        await holder.AcquireAsync(lost.SetResult);
        _table.Fault = new IOException("connection refused");
        for (var second = 2; second < 10; second += 2)
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            Assert.True(holder.IsHeld);
            await _table.AskedAsync(second / 2);
            // The limit of the attempt, and the wait for the next.
            await _time.TimersAsync(2 + second);
        }
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(holder.IsHeld);
        var reason = await lost.Task.WaitAsync(TestNode.Limit);
        Assert.Contains("could not be renewed for 10000 ms", reason!.Message);
        Assert.Contains("connection refused", reason.Message);
    }

    [Fact]
    public async Task A_database_that_hangs_is_given_up_after_the_operation_timeout()
    {
        _table.Hangs = true;
        var taking = Holder("a").AcquireAsync(null);
        await _table.AskedAsync(1);
        _time.Advance(TimeSpan.FromSeconds(3));
        var fault = await Assert.ThrowsAsync<LeaseTimeoutException>(() => taking.WaitAsync(TestNode.Limit));
        Assert.Equal("a could not take the lease \"l\" within 3000 ms.", fault.Message);
    }

    [Fact]
    public async Task The_loss_of_a_lease_is_told_in_time_although_the_database_hangs()
    {
        var lost = new TaskCompletionSource<Exception?>();
        var holder = Holder("a");
        await holder.AcquireAsync(lost.SetResult);
        _table.Hangs = true;
        // Each attempt takes 3 s: from 2 to 5, then after a heartbeat from 7 to 10.
        _time.Advance(TimeSpan.FromSeconds(2));
        await _table.AskedAsync(2);
        _time.Advance(TimeSpan.FromSeconds(3));
        await _time.TimersAsync(4);
        _time.Advance(TimeSpan.FromSeconds(2));
        await _table.AskedAsync(3);
        Assert.True(holder.IsHeld);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Contains("could not be renewed", (await lost.Task.WaitAsync(TestNode.Limit))!.Message);
    }

    [Fact]
    public async Task A_lease_that_was_lost_can_be_taken_again()
    {
        var holder = Holder("a");
        await holder.AcquireAsync(null);
        _table.TakenBy(null);
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.False(holder.IsHeld);
        Assert.True(await holder.AcquireAsync(null));
        Assert.True(holder.IsHeld);
    }

    [Fact]
    public async Task Who_waits_for_a_dead_owner_gets_the_lease_when_it_has_ended()
    {
        _table.TakenBy("dead");
        _table.Left = TimeSpan.FromSeconds(7);
        var taking = Holder("a", waitsForDead: true).AcquireAsync(null);
        // The limits of two operations, and the wait.
        await _time.TimersAsync(3);
        Assert.False(taking.IsCompleted);
        _table.TakenBy(null);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.True(await taking.WaitAsync(TestNode.Limit));
    }

    [Fact]
    public async Task Who_waits_for_a_dead_owner_is_refused_at_once_when_the_owner_has_renewed_the_lease()
    {
        _table.TakenBy("alive");
        _table.Left = TimeSpan.FromSeconds(8);
        Assert.False(await Holder("a", waitsForDead: true).AcquireAsync(null).WaitAsync(TestNode.Limit));
    }

    /// <summary>Tells when timers are set, so that a test does not move the time before the one that waits has begun to wait.</summary>
    private sealed class TellingTime : FakeTimeProvider
    {
        private readonly Lock _lock = new();
        private readonly List<(int Count, TaskCompletionSource Done)> _waits = [];
        private int _timers;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            lock (_lock)
            {
                _timers++;
                foreach (var wait in _waits.Where(wait => _timers >= wait.Count)) wait.Done.TrySetResult();
            }
            return timer;
        }

        /// <summary>Waits until so many timers have been set since the beginning.</summary>
        public Task TimersAsync(int count)
        {
            lock (_lock)
            {
                if (_timers >= count) return Task.CompletedTask;
                var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waits.Add((count, done));
                return done.Task.WaitAsync(TestNode.Limit);
            }
        }
    }

    private sealed class FakeTable : ILeaseTable
    {
        private readonly Lock _lock = new();
        private readonly List<(Func<bool> Condition, TaskCompletionSource Done)> _waits = [];
        private Guid _token;
        private int _renewed;
        private int _asked;

        public string? Owner { get; private set; }

        public Exception? Fault { get; set; }

        public bool Hangs { get; set; }

        public TimeSpan? Left { get; set; }

        public void TakenBy(string? owner)
        {
            lock (_lock)
            {
                Owner = owner;
                _token = Guid.NewGuid();
            }
        }

        public Task RenewedAsync(int times) => WaitAsync(() => _renewed >= times);

        public Task AskedAsync(int times) => WaitAsync(() => _asked >= times);

        public async Task<bool> TakeAsync(string name, string owner, Guid token, TimeSpan lasts, CancellationToken cancel)
        {
            await MayFailAsync(cancel);
            lock (_lock)
            {
                if (Owner is not null && Owner != owner) return false;
                (Owner, _token) = (owner, token);
                return true;
            }
        }

        public async Task<bool> RenewAsync(string name, Guid token, TimeSpan lasts, CancellationToken cancel)
        {
            await MayFailAsync(cancel);
            return Note(() => _renewed++) && token == _token;
        }

        public Task<TimeSpan?> LeftAsync(string name, CancellationToken cancel) => Task.FromResult(Left);

        public Task GiveBackAsync(string name, Guid token, CancellationToken cancel)
        {
            if (token == _token) Owner = null;
            return Task.CompletedTask;
        }

        private async Task MayFailAsync(CancellationToken cancel)
        {
            Note(() => _asked++);
            if (Hangs) await Task.Delay(Timeout.Infinite, cancel);
            if (Fault is not null) throw Fault;
        }

        private bool Note(Action change)
        {
            lock (_lock)
            {
                change();
                foreach (var wait in _waits.Where(wait => wait.Condition())) wait.Done.TrySetResult();
                return true;
            }
        }

        private Task WaitAsync(Func<bool> condition)
        {
            lock (_lock)
            {
                if (condition()) return Task.CompletedTask;
                var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waits.Add((condition, done));
                return done.Task.WaitAsync(TestNode.Limit);
            }
        }
    }
}
