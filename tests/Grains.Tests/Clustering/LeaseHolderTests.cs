using Actors.Grains.Clustering.Leases;
using Akka.Coordination;
using Microsoft.Extensions.Time.Testing;

namespace Grains.Tests.Clustering;

public sealed class LeaseHolderTests
{
    private static readonly TimeoutSettings Times = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(3));
    private readonly FakeTimeProvider _time = new();
    private readonly FakeTable _table = new();

    private LeaseHolder Holder(string owner) => new(_table, "l", owner, Times, _time);

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
        var asked = 0;
        for (var second = 1; second <= 10; second++)
        {
            if (second is 2 or 7)
            {
                // Each attempt takes 3 s: from 2 to 5, then after a heartbeat from 7 to 10.
                _time.Advance(TimeSpan.FromSeconds(1));
                await _table.AskedAsync(++asked);
            }
            else _time.Advance(TimeSpan.FromSeconds(1));
            if (second == 5) await _table.EndedAsync(1);
        }
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

    private sealed class FakeTable : ILeaseTable
    {
        private readonly Lock _lock = new();
        private readonly List<(Func<bool> Condition, TaskCompletionSource Done)> _waits = [];
        private Guid _token;
        private int _renewed;
        private int _asked;
        private int _ended;

        public string? Owner { get; private set; }

        public Exception? Fault { get; set; }

        public bool Hangs { get; set; }

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

        public Task EndedAsync(int times) => WaitAsync(() => _ended >= times);

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

        public Task GiveBackAsync(string name, Guid token, CancellationToken cancel)
        {
            if (token == _token) Owner = null;
            return Task.CompletedTask;
        }

        private async Task MayFailAsync(CancellationToken cancel)
        {
            Note(() => _asked++);
            try
            {
                if (Hangs) await Task.Delay(Timeout.Infinite, cancel);
                if (Fault is not null) throw Fault;
            }
            finally
            {
                Note(() => _ended++);
            }
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
