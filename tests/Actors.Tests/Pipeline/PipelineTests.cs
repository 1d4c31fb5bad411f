using Actors.Transport;
using Akka.Actor;
using Actors.Zmtp;
using Xunit.Abstractions;

namespace Actors.Tests;

public sealed class PipelineTests(ITestOutputHelper log) : RoleTestKit(log)
{
    private static PushSettings Push(SocketSettings socket) => new() { Name = "push", Socket = socket };

    private static PullSettings Pull(string endpoint = AnyPort) => new() { Name = "pull", Socket = new SocketSettings { Bind = [endpoint] } };

    [Fact]
    public void What_is_pushed_is_pulled_in_order()
    {
        var (_, endpoint) = Start(PullRole.Props(Pull(), TellingTo(TestActor)));
        var (push, _) = Start(PushRole.Props(Push(new SocketSettings { Connect = [endpoint] })));

        for (var n = 0; n < 1000; n++) push.Tell(Message.FromText($"{n}"));
        for (var n = 0; n < 1000; n++) Assert.Equal($"{n}", ExpectMsg<Message>(Patience).Text());
    }

    [Fact]
    public void Messages_wait_for_a_puller_that_comes_last()
    {
        var (push, endpoint) = Start(PushRole.Props(Push(new SocketSettings { Bind = [AnyPort] })));
        for (var n = 0; n < 100; n++) push.Tell(Message.FromText($"{n}"));

        Start(PullRole.Props(new PullSettings { Name = "pull", Socket = new SocketSettings { Connect = [endpoint] } }, TellingTo(TestActor)));
        for (var n = 0; n < 100; n++) Assert.Equal($"{n}", ExpectMsg<Message>(Patience).Text());
    }

    [Theory]
    [InlineData(OverflowRule.DropNewest, DropReason.QueueFullNewest, 0)]
    [InlineData(OverflowRule.DropOldest, DropReason.QueueFullOldest, 5)]
    [InlineData(OverflowRule.Fail, DropReason.Refused, 0)]
    [InlineData(OverflowRule.Backpressure, DropReason.Refused, 0)]
    public void A_full_queue_follows_its_rule_and_counts_every_drop(OverflowRule rule, DropReason reason, int firstWaiting)
    {
        // Without a peer the socket takes nothing: 10 wait in its window and 10 in the role, and 5 are too many.
        var settings = Push(new SocketSettings { Bind = [AnyPort], OutboundWindow = 10 }) with { Outbound = new OutboundSettings(10, rule) };
        var (push, endpoint) = Start(PushRole.Props(settings));
        WatchDrops();
        for (var n = 0; n < 10; n++) push.Tell(Message.FromText($"window {n}"));
        AwaitWaiting(push, 10);
        for (var n = 0; n < 15; n++) push.Tell(Message.FromText($"{n}"));

        for (var n = 0; n < 5; n++) ExpectDropped(reason);
        push.Tell(GetRoleStatus.Instance, TestActor);
        var status = FishForMessage<RoleStatus>(_ => true, Patience, "the status");
        Assert.Equal(5, status.Dropped);
        Assert.Equal(20, status.Waiting);

        Start(PullRole.Props(new PullSettings { Name = "pull", Socket = new SocketSettings { Connect = [endpoint] } }, TellingTo(TestActor)));
        for (var n = 0; n < 10; n++) Assert.Equal($"window {n}", NextMessage());
        for (var n = firstWaiting; n < firstWaiting + 10; n++) Assert.Equal($"{n}", NextMessage());
    }

    [Fact]
    public async Task A_refused_message_goes_back_to_its_sender()
    {
        var settings = Push(new SocketSettings { Bind = [AnyPort], OutboundWindow = 1 }) with { Outbound = new OutboundSettings(1, OverflowRule.Fail) };
        var (push, _) = Start(PushRole.Props(settings));
        push.Tell(Message.FromText("in the window"));
        AwaitWaiting(push, 1);
        push.Tell(Message.FromText("in the queue"));

        await Assert.ThrowsAsync<OutboundOverflowException>(() => push.Ask<Message>(Message.FromText("too many"), Patience));
    }

    [Fact]
    public void A_slow_handler_holds_the_peer_back()
    {
        var gate = new ManualResetEventSlim();
        var handled = 0;
        var (pull, endpoint) = Start(PullRole.Props(Pull() with { InboundWindow = 10 }, Handler((_, _, _) =>
        {
            gate.Wait(Patience);
            Interlocked.Increment(ref handled);
        })));
        using var push = new PushSocket(">" + endpoint);
        var sent = 0;
        // 10 in the window, the high-water marks of both ends and what TCP holds: then the socket blocks.
        var payload = new byte[100_000];
        while (push.TrySendFrame(TimeSpan.FromMilliseconds(500), payload)) Assert.True(++sent < 100_000, "the peer was never held back");

        Assert.Equal(10, StatusOf(pull).Received);
        gate.Set();
        AwaitCondition(() => Volatile.Read(ref handled) == sent, Patience);
    }

    [Fact]
    public void A_handler_that_fails_is_restarted_and_its_message_counted()
    {
        WatchDrops();
        var receiver = TestActor;
        var (_, endpoint) = Start(PullRole.Props(Pull(), Handler((message, _, _) =>
        {
            if (message.Text() == "bad") throw new InvalidOperationException("a bad message");
            receiver.Tell(message);
        })));
        var (push, _) = Start(PushRole.Props(Push(new SocketSettings { Connect = [endpoint] })));
        push.Tell(Message.FromText("bad"));
        push.Tell(Message.FromText("good"));

        var seen = new[] { ReceiveOne(Patience), ReceiveOne(Patience) };
        Assert.Contains(seen, one => one is MessagesDropped { Reason: DropReason.HandlerFailed, Count: 1, Source: "pull" });
        Assert.Contains(seen, one => one is Message message && message.Text() == "good");
    }

    [Fact]
    public void The_role_stops_when_its_handler_stops()
    {
        var (pull, endpoint) = Start(PullRole.Props(Pull(), Handler((_, _, self) => self.Tell(PoisonPill.Instance))));
        Watch(pull);
        using var push = new PushSocket(">" + endpoint);
        push.SendFrame("enough");

        ExpectTerminated(pull, Patience);
    }

    [Fact]
    public void A_worker_passes_on_what_its_handlers_answer()
    {
        var (_, sink) = Start(PullRole.Props(Pull(), TellingTo(TestActor)));
        var worker = new WorkerSettings { Name = "worker", Pull = new SocketSettings { Bind = [AnyPort] }, Push = new SocketSettings { Connect = [sink] }, Workers = 3 };
        var (_, source) = Start(WorkerRole.Props(worker, Handler((task, sender, self) =>
        {
            // None, one or two results.
            for (var n = 0; n < int.Parse(task.Text(), System.Globalization.CultureInfo.InvariantCulture) % 3; n++) sender.Tell(Message.FromText($"{task.Text()}.{n}"), self);
        })));
        var (push, _) = Start(PushRole.Props(Push(new SocketSettings { Connect = [source] })));
        for (var n = 0; n < 300; n++) push.Tell(Message.FromText($"{n}"));

        var expected = Enumerable.Range(0, 300).SelectMany(n => Enumerable.Range(0, n % 3).Select(i => $"{n}.{i}")).Order(StringComparer.Ordinal);
        Assert.Equal(expected, Enumerable.Range(0, 300).Select(_ => ExpectMsg<Message>(Patience).Text()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(WorkerPool.RoundRobin)]
    [InlineData(WorkerPool.SmallestMailbox)]
    [InlineData(WorkerPool.Random)]
    public void Every_worker_of_the_pool_works(WorkerPool pool)
    {
        var (_, sink) = Start(PullRole.Props(Pull(), TellingTo(TestActor)));
        var worker = new WorkerSettings { Name = "worker", Pull = new SocketSettings { Bind = [AnyPort] }, Push = new SocketSettings { Connect = [sink] }, Workers = 4, Pool = pool };
        var all = new CountdownEvent(4);
        // Each handler waits until all four have a task, which they can have only if each worker got one.
        var first = new System.Collections.Concurrent.ConcurrentDictionary<IActorRef, bool>();
        var (_, source) = Start(WorkerRole.Props(worker, Handler((_, sender, self) =>
        {
            if (first.TryAdd(self, true) && !all.IsSet) all.Signal();
            sender.Tell(Message.FromText(self.Path.Parent.Name), self);
        })));
        var (push, _) = Start(PushRole.Props(Push(new SocketSettings { Connect = [source] })));
        for (var n = 0; n < 400; n++) push.Tell(Message.FromText("task"));

        for (var n = 0; n < 400; n++) ExpectMsg<Message>(Patience);
        Assert.True(all.IsSet, $"only {first.Count} of 4 workers had a task");
    }

    [Fact]
    public void Tasks_are_held_back_while_results_wait()
    {
        var worker = new WorkerSettings
        {
            Name = "worker",
            Pull = new SocketSettings { Bind = ["inproc://held-back-tasks"] },
            Push = new SocketSettings { Bind = ["inproc://held-back-results"], OutboundWindow = 5 },
            InboundWindow = 5,
            Outbound = new OutboundSettings(5, OverflowRule.Backpressure),
        };
        var (role, _) = Start(WorkerRole.Props(worker, Handler((task, sender, self) => sender.Tell(task, self))));
        var (push, _) = Start(PushRole.Props(Push(new SocketSettings { Connect = ["inproc://held-back-tasks"] })));
        for (var n = 0; n < 100; n++) push.Tell(Message.FromText($"{n}"));

        // Nobody takes results: tasks are taken only until as many results wait as the settings allow, plus those in hand.
        AwaitAssert(() => Assert.InRange(StatusOf(role).Received, 5, 15), Patience);
        Assert.InRange(StatusOf(role).Waiting, 5, 15);
        Start(PullRole.Props(new PullSettings { Name = "pull", Socket = new SocketSettings { Connect = ["inproc://held-back-results"] } }, TellingTo(TestActor)));
        for (var n = 0; n < 100; n++) Assert.Equal($"{n}", NextMessage());
    }

    private string NextMessage() => FishForMessage<Message>(_ => true, Patience, "the next message").Text();

    private void AwaitWaiting(IActorRef role, int messages) => AwaitAssert(() => Assert.Equal(messages, StatusOf(role).Waiting), Patience);
}
