using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using Akka.Event;

namespace Akka.Tests.Dispatch;

public sealed class MailboxTypes : SystemTest
{
    public MailboxTypes()
        : base($$"""
            bounded { mailbox-type = "Akka.Dispatch.BoundedMailbox, Akka", mailbox-capacity = 2, mailbox-push-timeout-time = 20ms }
            no-capacity { mailbox-type = "Akka.Dispatch.BoundedMailbox, Akka", mailbox-capacity = 0 }
            priority.mailbox-type = "{{typeof(ByLength).AssemblyQualifiedName}}"
            stable.mailbox-type = "{{typeof(StableByLength).AssemblyQualifiedName}}"
            missing-type.mailbox-type = "No.Such.Mailbox, Nowhere"
            bounded-dispatcher { type = Dispatcher, mailbox-type = "Akka.Dispatch.BoundedMailbox, Akka", mailbox-capacity = 5, mailbox-push-timeout-time = 0s }
            """)
    {
    }

    [Fact]
    public async Task A_full_bounded_mailbox_makes_dead_letters_after_its_timeout()
    {
        var probe = new Probe(Sys);
        Sys.EventStream.Subscribe(probe.Ref, typeof(DeadLetter));
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = Sys.ActorOf(Props.Create(() => new Gated(gate.Task, entered, probe.Ref)).WithMailbox("bounded"));
        actor.Tell("zero");
        await entered.Task.Within("the actor to be busy");
        foreach (var message in new[] { "one", "two", "three" })
            actor.Tell(message);
        Assert.Equal("three", (await probe.Next<DeadLetter>()).Message);
        gate.SetResult();
        await probe.Expect("zero", "one", "two");
    }

    [Fact]
    public async Task Priorities_go_first()
    {
        var order = await Order("priority", "aaaa", "a", "aaa", "aa");
        Assert.Equal(["a", "aa", "aaa", "aaaa"], order);
    }

    [Fact]
    public async Task Stable_priorities_keep_the_order_within_one()
    {
        var order = await Order("stable", "bb", "aa", "c", "dd", "b", "a");
        Assert.Equal(["c", "b", "a", "bb", "aa", "dd"], order);
    }

    [Fact]
    public void Requirements_of_the_class_choose_the_mailbox()
    {
        var actor = (LocalActorRef)Sys.ActorOf(Props.Create<WantsDeque>());
        Assert.IsType<UnboundedDequeMessageQueue>(actor.Cell.Mailbox.MessageQueue);
        Assert.Equal(typeof(IDequeBasedMessageQueueSemantics), Sys.Mailboxes.GetRequiredType(typeof(WantsDeque)));
    }

    [Fact]
    public void A_dispatcher_can_name_the_mailbox_of_its_actors()
    {
        var actor = (LocalActorRef)Sys.ActorOf(Props.Create<Nothing>().WithDispatcher("bounded-dispatcher"));
        Assert.IsType<BoundedMessageQueue>(actor.Cell.Mailbox.MessageQueue);
    }

    [Theory]
    [InlineData("no-capacity", "mailbox-capacity")]
    [InlineData("missing-type", "No.Such.Mailbox")]
    [InlineData("not-there", "not-there")]
    public void A_bad_mailbox_is_an_error_that_says_what_is_wrong(string id, string named) =>
        Assert.Contains(named, Assert.Throws<ConfigurationException>(() => Sys.Mailboxes.Lookup(id)).Message);

    private async Task<string[]> Order(string mailbox, params string[] messages)
    {
        var probe = new Probe(Sys);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = Sys.ActorOf(Props.Create(() => new Gated(gate.Task, entered, probe.Ref)).WithMailbox(mailbox));
        actor.Tell("");
        await entered.Task.Within("the actor to be busy");
        foreach (var message in messages)
            actor.Tell(message);
        gate.SetResult();
        await probe.Expect("");
        var order = new string[messages.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = await probe.Next<string>();
        return order;
    }

    private sealed class Gated : ReceiveActor
    {
        public Gated(Task gate, TaskCompletionSource entered, IActorRef probe) => Receive<string>(text =>
        {
            entered.TrySetResult();
            Assert.True(gate.Wait(Probe.Patience));
            probe.Tell(text);
        });
    }

    private sealed class Nothing : ReceiveActor;

    private sealed class WantsDeque : ReceiveActor, IRequiresMessageQueue<IDequeBasedMessageQueueSemantics>;

    public sealed class ByLength(Settings settings, Config config) : UnboundedPriorityMailbox(settings, config)
    {
        protected override int PriorityGenerator(object message) => message.ToString()!.Length;
    }

    public sealed class StableByLength(Settings settings, Config config) : UnboundedStablePriorityMailbox(settings, config)
    {
        protected override int PriorityGenerator(object message) => message.ToString()!.Length;
    }
}
