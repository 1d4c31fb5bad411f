using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Dispatch;

public sealed class MailboxStates : SystemTest
{
    public MailboxStates()
        : base($"manual.type = \"{typeof(ManualDispatcherConfigurator).AssemblyQualifiedName}\"")
    {
    }

    [Fact]
    public async Task Messages_told_to_a_stopped_actor_become_dead_letters()
    {
        var probe = new Probe(Sys);
        Sys.EventStream.Subscribe(probe.Ref, typeof(DeadLetter));
        var actor = Sys.ActorOf(Props.Create<Nothing>());
        Assert.True(await actor.GracefulStop(Probe.Patience).Within("the stop"));
        actor.Tell("late", probe.Ref);
        var letter = await probe.Next<DeadLetter>();
        Assert.Equal("late", letter.Message);
        Assert.Equal(probe.Ref, letter.Sender);
        Assert.Equal(actor, letter.Recipient);
    }

    [Fact]
    public async Task What_waits_in_the_mailbox_when_the_actor_stops_becomes_dead_letters()
    {
        var probe = new Probe(Sys);
        Sys.EventStream.Subscribe(probe.Ref, typeof(DeadLetter));
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = Sys.ActorOf(Props.Create(() => new Blocking(gate.Task, entered)));
        actor.Tell("block");
        await entered.Task.Within("the actor to be busy");
        for (var i = 0; i < 5; i++)
            actor.Tell(i);
        ((IInternalActorRef)actor).Stop();
        gate.SetResult();
        for (var i = 0; i < 5; i++)
            Assert.Equal(i, (await probe.Next<DeadLetter>()).Message);
    }

    [Fact]
    public async Task Nothing_told_while_an_actor_stops_is_lost()
    {
        const int tellers = 4, each = 500;
        for (var round = 0; round < 20; round++)
        {
            var letters = new Counting(tellers * each);
            var counter = Sys.ActorOf(Props.Create(() => new Counter(letters)));
            Sys.EventStream.Subscribe(counter, typeof(DeadLetter));
            var actor = Sys.ActorOf(Props.Create(() => new Counter(letters)));
            var telling = Enumerable.Range(0, tellers).Select(_ => Task.Run(() =>
            {
                for (var i = 0; i < each; i++)
                    actor.Tell(Marker.Instance, ActorRefs.NoSender);
            })).ToArray();
            ((IInternalActorRef)actor).Stop();
            await Task.WhenAll(telling);
            await letters.Reached.Within($"{tellers * each} messages, received or dead, in round {round}; there were {letters.Count}");
            Sys.EventStream.Unsubscribe(counter);
        }
    }

    [Fact]
    public async Task Restarts_and_tells_at_the_same_time_lose_nothing()
    {
        const int tellers = 4, each = 2000;
        var received = new Counting(tellers * each);
        var actor = Sys.ActorOf(Props.Create(() => new Counter(received)));
        await Task.WhenAll(Enumerable.Range(0, tellers).Select(teller => Task.Run(() =>
        {
            for (var i = 0; i < each; i++)
            {
                actor.Tell(Marker.Instance, ActorRefs.NoSender);
                if (i % 100 == 0)
                    actor.Tell(new ApplicationException("restart"), ActorRefs.NoSender);
            }
        })));
        await received.Reached.Within("all messages through all restarts");
    }

    [Fact]
    public async Task Messages_that_may_be_lost_make_no_noise()
    {
        var probe = new Probe(Sys);
        Sys.EventStream.Subscribe(probe.Ref, typeof(AllDeadLetters));
        var actor = Sys.ActorOf(Props.Create<Nothing>());
        Assert.True(await actor.GracefulStop(Probe.Patience).Within("the stop"));
        actor.Tell(PoisonPill.Instance);
        await probe.FishFor<SuppressedDeadLetter>(letter => letter.Message is PoisonPill, "the suppressed letter");
    }

    [Fact]
    public void Telling_and_receiving_allocate_nothing_for_each_message()
    {
        const int batches = 100, size = 1000;
        var dispatcher = (ManualDispatcher)Sys.Dispatchers.Lookup("manual");
        var received = new Counting(2 * batches * size);
        var actor = Sys.ActorOf(Props.Create(() => new Counter(received)).WithDispatcher("manual"));
        RunBatches();
        var before = GC.GetAllocatedBytesForCurrentThread();
        RunBatches();
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        dispatcher.Release();
        Assert.Equal(2 * batches * size, received.Count);
        // Compiling the code anew once it is hot is not the mailbox's; a message of one byte each would be.
        Assert.True(bytes < batches * size / 10, $"{bytes} bytes for {batches * size} messages");

        void RunBatches()
        {
            for (var batch = 0; batch < batches; batch++)
            {
                for (var i = 0; i < size; i++)
                    actor.Tell(Marker.Instance, ActorRefs.NoSender);
                dispatcher.RunAll();
            }
        }
    }

    private sealed class Counting(int wanted)
    {
        private int _count;
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Count => Volatile.Read(ref _count);

        public Task Reached => _reached.Task;

        public void Add()
        {
            if (Interlocked.Increment(ref _count) == wanted)
                _reached.SetResult();
        }
    }

    private sealed class Marker
    {
        public static readonly Marker Instance = new();
    }

    private sealed class Counter(Counting counting) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Marker or DeadLetter { Message: Marker }:
                    counting.Add();
                    break;
                case Exception failure:
                    throw failure;
            }
        }
    }

    private sealed class Nothing : ReceiveActor;

    private sealed class Blocking : ReceiveActor
    {
        public Blocking(Task gate, TaskCompletionSource entered) => Receive<string>(_ =>
        {
            entered.SetResult();
            Assert.True(gate.Wait(Probe.Patience));
        });
    }
}
