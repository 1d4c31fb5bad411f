using System.Diagnostics.CodeAnalysis;
using System.Text;
using Actors.Transport;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Actors.Tests;

public sealed class LedgerTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly Message Payload = Message.FromText("payload");

    private readonly List<LedgerTask> _dead = [];

    private static TaskId Id(int n) => new(Encoding.ASCII.GetBytes($"task-{n}").AsSpan());

    private static TimeSpan At(int seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>Gives the peer the task whose turn it is, if one waits.</summary>
    private static bool TryAssign(Ledger ledger, LedgerPeer peer, TimeSpan now, [NotNullWhen(true)] out LedgerTask? task)
    {
        task = ledger.Next;
        if (task is not null) ledger.Assign(task, peer, now);
        return task is not null;
    }

    private Ledger New(int maxTries = 3) => new(maxTries, Deadline, _dead.Add);

    [Fact]
    public void Tasks_are_assigned_in_the_order_of_their_acceptance()
    {
        var ledger = New();
        var peer = ledger.Join("a");
        for (var n = 0; n < 3; n++) Assert.True(ledger.Accept(Id(n), Payload));

        for (var n = 0; n < 3; n++)
        {
            Assert.True(TryAssign(ledger, peer, At(0), out var task));
            Assert.Equal((Id(n), 1), (task.Id, task.Tries));
        }
        Assert.False(TryAssign(ledger, peer, At(0), out _));
    }

    [Fact]
    public void An_id_that_is_outstanding_is_not_accepted_again()
    {
        var ledger = New();
        Assert.True(ledger.Accept(Id(0), Payload));
        Assert.False(ledger.Accept(Id(0), Payload));
        Assert.Equal(1, ledger.Counts.Accepted);
    }

    [Fact]
    public void What_a_peer_had_goes_out_before_what_is_fresh_when_it_leaves()
    {
        var ledger = New();
        var (gone, other) = (ledger.Join("gone"), ledger.Join("other"));
        for (var n = 0; n < 3; n++) ledger.Accept(Id(n), Payload);
        TryAssign(ledger, gone, At(0), out _);
        TryAssign(ledger, gone, At(1), out _);

        ledger.Leave(gone, "killed", At(2));

        Assert.Empty(gone.Tasks);
        foreach (var expected in new[] { 0, 1, 2 })
        {
            Assert.True(TryAssign(ledger, other, At(3), out var task));
            Assert.Equal(Id(expected), task.Id);
        }
        Assert.Equal(2, ledger.Counts.Redelivered);
    }

    [Fact]
    public void A_try_ends_at_its_deadline_and_not_before()
    {
        var ledger = New();
        ledger.Accept(Id(0), Payload);
        TryAssign(ledger, ledger.Join("a"), At(5), out _);

        Assert.Equal(0, ledger.Expire(At(14)));
        Assert.Equal(1, ledger.Expire(At(15)));
        Assert.Equal((1, 0), (ledger.Counts.Waiting, ledger.Counts.Assigned));
    }

    [Fact]
    public void An_acknowledgement_after_the_deadline_ends_the_task_and_it_is_not_sent_again()
    {
        var ledger = New();
        var peer = ledger.Join("a");
        ledger.Accept(Id(0), Payload);
        TryAssign(ledger, peer, At(0), out _);
        ledger.Expire(At(10));

        Assert.True(ledger.Acknowledge(Id(0)));
        Assert.False(TryAssign(ledger, peer, At(11), out _));
        Assert.Equal((1, 0), (ledger.Counts.Acknowledged, ledger.Counts.Outstanding));
    }

    [Fact]
    public void After_the_last_try_a_task_is_dead_lettered_with_its_history()
    {
        var ledger = New(maxTries: 3);
        var (a, b) = (ledger.Join("a"), ledger.Join("b"));
        ledger.Accept(Id(0), Payload);
        TryAssign(ledger, a, At(0), out _);
        ledger.Leave(a, "killed", At(1));
        TryAssign(ledger, b, At(2), out _);
        ledger.Return(Id(0), b, TaskReturn.Failed, "bad input", At(3));
        TryAssign(ledger, b, At(4), out _);
        Assert.Empty(_dead);
        ledger.Expire(At(14));

        var dead = Assert.Single(_dead);
        Assert.Equal(
        [
            new TaskTry(1, "a", At(0), At(1), TryOutcome.PeerGone, "killed"),
            new TaskTry(2, "b", At(2), At(3), TryOutcome.Returned, "bad input"),
            new TaskTry(3, "b", At(4), At(14), TryOutcome.DeadlinePassed, null),
        ], dead.History);
        Assert.Equal((1, 0), (ledger.Counts.DeadLettered, ledger.Counts.Outstanding));
    }

    [Fact]
    public void A_task_that_is_refused_for_good_is_dead_lettered_at_once()
    {
        var ledger = New();
        var peer = ledger.Join("a");
        ledger.Accept(Id(0), Payload);
        TryAssign(ledger, peer, At(0), out _);
        ledger.Return(Id(0), peer, TaskReturn.Refused, "never", At(1));

        Assert.Equal(TryOutcome.Refused, Assert.Single(Assert.Single(_dead).History).Outcome);
    }

    [Fact]
    public void A_task_that_nobody_began_has_used_no_try()
    {
        var ledger = New(maxTries: 1);
        var peer = ledger.Join("a");
        ledger.Accept(Id(0), Payload);
        TryAssign(ledger, peer, At(0), out _);
        ledger.Return(Id(0), peer, TaskReturn.NotBegun, "stops", At(1));

        Assert.True(TryAssign(ledger, peer, At(2), out var task));
        Assert.Equal(1, task.Tries);
        Assert.Empty(task.History);
        Assert.Equal(0, ledger.Counts.Redelivered);
    }

    [Fact]
    public void A_return_by_a_peer_that_no_longer_has_the_task_changes_nothing()
    {
        var ledger = New();
        var (late, other) = (ledger.Join("late"), ledger.Join("other"));
        ledger.Accept(Id(0), Payload);
        TryAssign(ledger, late, At(0), out _);
        ledger.Expire(At(10));
        TryAssign(ledger, other, At(10), out _);

        ledger.Return(Id(0), late, TaskReturn.Refused, "too late", At(11));

        Assert.Equal((0, 1, 1), (ledger.Counts.Waiting, ledger.Counts.Assigned, ledger.Counts.Unexpected));
    }

    /// <summary>Any calls in any order, against a model that keeps the state of each task by itself.</summary>
    [Property(MaxTest = 500)]
    public void The_ledger_adds_up_after_every_step(int seed, PositiveInt steps)
    {
        var random = new Random(seed);
        var maxTries = random.Next(1, 5);
        var ledger = New(maxTries);
        var peers = Enumerable.Range(0, 3).Select(n => ledger.Join($"peer-{n}")).ToArray();
        var (accepted, acknowledged) = (new HashSet<TaskId>(), new HashSet<TaskId>());
        var holder = new Dictionary<TaskId, LedgerPeer>();
        var tries = new Dictionary<TaskId, int>();
        var now = TimeSpan.Zero;
        for (var step = 0; step < steps.Get * 5; step++)
        {
            now += TimeSpan.FromSeconds(random.Next(0, 4));
            var peer = peers[random.Next(peers.Length)];
            var id = Id(random.Next(0, Math.Max(1, accepted.Count + 2)));
            var ended = acknowledged.Contains(id) || _dead.Exists(dead => dead.Id == id);
            switch (random.Next(7))
            {
                case 0 or 1 when !ended:
                    Assert.Equal(accepted.Add(id), ledger.Accept(id, Payload));
                    break;
                case 2 or 3:
                    if (!TryAssign(ledger, peer, now, out var task))
                    {
                        Assert.Equal(0, ledger.Counts.Waiting);
                        break;
                    }
                    Assert.Contains(task.Id, accepted);
                    Assert.DoesNotContain(task.Id, acknowledged);
                    Assert.True(holder.TryAdd(task.Id, peer), $"{task.Id} was assigned while another had it");
                    tries[task.Id] = tries.GetValueOrDefault(task.Id) + 1;
                    Assert.Equal(tries[task.Id], task.Tries);
                    Assert.InRange(task.Tries, 1, maxTries);
                    break;
                case 4:
                    var outstanding = accepted.Contains(id) && !ended;
                    Assert.Equal(outstanding, ledger.Acknowledge(id));
                    if (!outstanding) break;
                    acknowledged.Add(id);
                    holder.Remove(id);
                    break;
                case 5:
                    var how = (TaskReturn)random.Next(3);
                    var (before, hadIt) = (_dead.Count, holder.TryGetValue(id, out var known) && known == peer);
                    ledger.Return(id, peer, how, "returned", now);
                    if (hadIt) holder.Remove(id);
                    if (hadIt && how == TaskReturn.NotBegun) tries[id]--;
                    if (how == TaskReturn.NotBegun) Assert.Equal(before, _dead.Count);
                    break;
                default:
                    if (random.Next(2) == 0)
                    {
                        ledger.Leave(peer, "left", now);
                        peers[Array.IndexOf(peers, peer)] = ledger.Join(peer.Name);
                        foreach (var lost in holder.Where(pair => pair.Value == peer).Select(pair => pair.Key).ToList()) holder.Remove(lost);
                    }
                    else
                    {
                        ledger.Expire(now);
                        foreach (var back in holder.Keys.Where(held => !peers.Any(one => one.Tasks.Any(has => has.Id == held))).ToList()) holder.Remove(back);
                        Assert.All(peers.SelectMany(one => one.Tasks), running => Assert.True(now < running.AssignedAt + Deadline, "an overdue try was not ended"));
                    }
                    break;
            }
            var counts = ledger.Counts;
            Assert.True(counts.AddsUp, counts.ToString());
            Assert.Equal(accepted.Count, counts.Accepted);
            Assert.Equal(acknowledged.Count, counts.Acknowledged);
            Assert.Equal(_dead.Count, counts.DeadLettered);
            Assert.Equal(holder.Count, counts.Assigned);
            Assert.Equal(holder.Count, peers.Sum(one => one.Tasks.Count));
            Assert.All(_dead, dead => Assert.Equal(dead.Tries, dead.History.Count));
        }
        // Whatever happened: when one peer does all that is left, nothing is missing.
        while (ledger.Outstanding > 0)
        {
            for (var n = 0; n < peers.Length; n++)
            {
                ledger.Leave(peers[n], "left", now);
                peers[n] = ledger.Join(peers[n].Name);
            }
            if (TryAssign(ledger, peers[0], now, out var task)) ledger.Acknowledge(task.Id);
        }
        Assert.Equal(ledger.Counts.Accepted, ledger.Counts.Acknowledged + ledger.Counts.DeadLettered);
        _dead.Clear();
    }
}
