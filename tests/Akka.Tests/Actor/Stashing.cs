using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Tests.Actor;

public sealed class Stashing : SystemTest
{
    public Stashing()
        : base("""
            small-stash { mailbox-type = "Akka.Dispatch.UnboundedDequeBasedMailbox, Akka", stash-capacity = 2 }
            """)
    {
    }

    [Fact]
    public async Task Unstashed_messages_come_before_those_in_the_mailbox()
    {
        var probe = new Probe(Sys);
        var actor = Sys.ActorOf(Props.Create(() => new Waiter(probe.Ref)));
        foreach (var message in new[] { "one", "two", "open", "three" })
            actor.Tell(message);
        await probe.Expect("one", "two", "three");
    }

    [Fact]
    public async Task Unstash_puts_the_oldest_back()
    {
        var probe = new Probe(Sys);
        var actor = Sys.ActorOf(Props.Create(() => new OneByOne(probe.Ref)));
        foreach (var message in new[] { "one", "two", "next", "next" })
            actor.Tell(message);
        await probe.Expect("one", "two");
    }

    [Fact]
    public async Task A_restart_keeps_what_is_stashed()
    {
        var probe = new Probe(Sys);
        var actor = Sys.ActorOf(Props.Create(() => new Waiter(probe.Ref)));
        foreach (var message in new[] { "one", "two", "fail", "open", "three" })
            actor.Tell(message);
        await probe.Expect("one", "two", "three");
    }

    [Fact]
    public async Task What_is_stashed_at_the_end_becomes_dead_letters()
    {
        var probe = new Probe(Sys);
        Sys.EventStream.Subscribe(probe.Ref, typeof(DeadLetter));
        var actor = Sys.ActorOf(Props.Create(() => new Waiter(probe.Ref)));
        actor.Tell("one");
        actor.Tell(PoisonPill.Instance);
        Assert.Equal("one", (await probe.Next<DeadLetter>()).Message);
    }

    [Fact]
    public async Task A_full_stash_is_a_failure()
    {
        var probe = new Probe(Sys);
        Sys.EventStream.Subscribe(probe.Ref, typeof(Error));
        var actor = Sys.ActorOf(Props.Create(() => new Waiter(probe.Ref)).WithMailbox("small-stash"));
        foreach (var message in new[] { "one", "two", "three" })
            actor.Tell(message);
        Assert.IsType<StashOverflowException>((await probe.Next<Error>()).Cause);
    }

    [Fact]
    public async Task The_same_message_cannot_be_stashed_twice()
    {
        var probe = new Probe(Sys);
        Sys.EventStream.Subscribe(probe.Ref, typeof(Error));
        Sys.ActorOf(Props.Create<Twice>()).Tell("one");
        Assert.IsType<IllegalActorStateException>((await probe.Next<Error>()).Cause);
    }

    [Fact]
    public void A_mailbox_that_cannot_take_messages_back_is_refused()
    {
        var failure = Assert.Throws<ConfigurationException>(
            () => Sys.ActorOf(Props.Create(() => new Waiter(ActorRefs.Nobody)).WithMailbox("akka.actor.mailbox.unbounded-queue-based")));
        Assert.Contains("requires a mailbox with queue", failure.Message);
    }

    private sealed class Waiter : ReceiveActor, IWithUnboundedStash
    {
        public Waiter(IActorRef probe)
        {
            Receive<string>(text => text == "open", _ =>
            {
                Become(() => ReceiveAny(message => probe.Tell(message)));
                Stash.UnstashAll();
            });
            Receive<string>(text => text == "fail", _ => throw new ApplicationException("fail"));
            ReceiveAny(_ => Stash.Stash());
        }

        public IStash Stash { get; set; } = null!;
    }

    private sealed class OneByOne : ReceiveActor, IWithStash
    {
        private bool _next;

        public OneByOne(IActorRef probe) => Receive<string>(text =>
        {
            if (text == "next")
            {
                _next = true;
                Stash.Unstash();
            }
            else if (_next)
            {
                _next = false;
                probe.Tell(text);
            }
            else
            {
                Stash.Stash();
            }
        });

        public IStash Stash { get; set; } = null!;
    }

    private sealed class Twice : ReceiveActor, IWithUnboundedStash
    {
        public Twice() => ReceiveAny(_ =>
        {
            Stash.Stash();
            Stash.Stash();
        });

        public IStash Stash { get; set; } = null!;
    }
}
