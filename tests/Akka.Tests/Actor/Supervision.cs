using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Actor;

public sealed class Supervision : SystemTest
{
    [Fact]
    public async Task Resume_keeps_the_state()
    {
        var probe = new Probe(Sys);
        var (_, child) = await Family(probe, new OneForOneStrategy(_ => Directive.Resume));
        child.Tell("count");
        child.Tell(new ApplicationException("fail"));
        child.Tell("count");
        await probe.Expect("a 1", "a 2");
    }

    [Fact]
    public async Task Restart_starts_from_new_and_keeps_the_mailbox()
    {
        var probe = new Probe(Sys);
        var (_, child) = await Family(probe, new OneForOneStrategy(_ => Directive.Restart));
        child.Tell("count");
        child.Tell(new ApplicationException("fail"));
        child.Tell("count");
        await probe.Expect("a 1", "a 1");
    }

    [Fact]
    public async Task Stop_stops_the_child()
    {
        var probe = new Probe(Sys);
        var (_, child) = await Family(probe, new OneForOneStrategy(_ => Directive.Stop));
        probe.Watch(child);
        child.Tell(new ApplicationException("fail"));
        Assert.Equal(child, (await probe.Next<Terminated>()).ActorRef);
    }

    [Fact]
    public async Task Escalate_is_decided_by_the_grandparent()
    {
        var probe = new Probe(Sys);
        var (parent, child) = await Family(probe, new OneForOneStrategy(_ => Directive.Escalate));
        probe.Watch(child);
        probe.Watch(parent);
        child.Tell(new ApplicationException("fail"));
        // The user guardian restarts the parent, which stops its children as it goes.
        Assert.Equal(child, (await probe.Next<Terminated>()).ActorRef);
        Assert.NotEqual(child, await NewChild(parent, "a"));
    }

    [Fact]
    public async Task The_decider_sees_the_type_of_the_failure()
    {
        var probe = new Probe(Sys);
        var strategy = new OneForOneStrategy(Decider.From(
            Directive.Restart,
            Directive.Resume.When<ArithmeticException>(),
            Directive.Stop.When<ArgumentException>()));
        var (_, child) = await Family(probe, strategy);
        probe.Watch(child);
        child.Tell("count");
        child.Tell(new DivideByZeroException());
        child.Tell("count");
        child.Tell(new ApplicationException());
        child.Tell("count");
        child.Tell(new ArgumentNullException());
        await probe.Expect("a 1", "a 2", "a 1");
        await probe.Next<Terminated>();
    }

    [Fact]
    public async Task Restarts_beyond_the_limit_stop_the_child()
    {
        var probe = new Probe(Sys);
        var (_, child) = await Family(probe, new OneForOneStrategy(2, TimeSpan.FromMinutes(1), _ => Directive.Restart));
        probe.Watch(child);
        for (var i = 0; i < 3; i++)
        {
            child.Tell("count");
            child.Tell(new ApplicationException("fail"));
        }

        await probe.Expect("a 1", "a 1", "a 1");
        await probe.Next<Terminated>();
    }

    [Fact]
    public async Task A_limit_of_zero_stops_at_the_first_failure()
    {
        var probe = new Probe(Sys);
        var (_, child) = await Family(probe, new OneForOneStrategy(0, null, _ => Directive.Restart));
        probe.Watch(child);
        child.Tell(new ApplicationException("fail"));
        await probe.Next<Terminated>();
    }

    [Fact]
    public async Task AllForOne_restarts_the_siblings_as_well()
    {
        var probe = new Probe(Sys);
        var (parent, a) = await Family(probe, new AllForOneStrategy(_ => Directive.Restart));
        var b = await NewChild(parent, "b");
        a.Tell("count");
        b.Tell("count");
        await probe.Next();
        await probe.Next();
        a.Tell(new ApplicationException("fail"));
        a.Tell("count");
        await probe.Expect("a 1");
        b.Tell("count");
        await probe.Expect("b 1");
    }

    [Fact]
    public async Task AllForOne_stops_the_siblings_as_well()
    {
        var probe = new Probe(Sys);
        var (parent, a) = await Family(probe, new AllForOneStrategy(_ => Directive.Stop));
        var b = await NewChild(parent, "b");
        probe.Watch(a);
        probe.Watch(b);
        a.Tell(new ApplicationException("fail"));
        var stopped = new[] { (await probe.Next<Terminated>()).ActorRef, (await probe.Next<Terminated>()).ActorRef };
        Assert.Contains(a, stopped);
        Assert.Contains(b, stopped);
    }

    [Fact]
    public async Task A_failure_is_logged_with_the_path_of_the_child()
    {
        var probe = new Probe(Sys);
        Sys.EventStream.Subscribe(probe.Ref, typeof(Error));
        var (_, child) = await Family(probe, new OneForOneStrategy(_ => Directive.Restart));
        child.Tell(new ApplicationException("what went wrong"));
        var entry = await probe.FishFor<Error>(error => error.Cause is ApplicationException, "the failure");
        Assert.Equal("what went wrong", entry.Message.ToString());
        Assert.Equal(child.Path.ToString(), entry.LogSource);
    }

    [Fact]
    public async Task A_failing_PostRestart_is_a_failure_of_its_own()
    {
        var probe = new Probe(Sys);
        var actor = Sys.ActorOf(Props.Create<NeverAgain>());
        probe.Watch(actor);
        actor.Tell(new ApplicationException("fail"));
        // PostRestartException is an ActorInitializationException: the default stops.
        await probe.Next<Terminated>();
    }

    [Fact]
    public async Task A_failing_PostStop_is_logged_and_the_actor_still_stops()
    {
        var probe = new Probe(Sys);
        Sys.EventStream.Subscribe(probe.Ref, typeof(Error));
        var actor = Sys.ActorOf(Props.Create<BadEnd>());
        probe.Watch(actor);
        Sys.Stop(actor);
        await probe.FishFor<Error>(error => error.Cause?.Message == "bad end", "the failure of PostStop");
        await probe.FishFor<Terminated>(_ => true, "the end");
    }

    [Fact]
    public async Task A_child_that_fails_in_its_constructor_can_be_tried_again()
    {
        var probe = new Probe(Sys);
        var attempts = new int[1];
        var parent = Sys.ActorOf(Props.Create(() => new Parent(probe.Ref, new OneForOneStrategy(_ => Directive.Restart))));
        var child = await parent.Ask<IActorRef>(("child", Props.Create(() => new ThirdTime(attempts, probe.Ref)))).Within("the child");
        await probe.Expect("born at 3");
        Assert.Equal("child", child.Path.Name);
    }

    [Fact]
    public async Task Suspended_children_of_a_failed_parent_wait_for_the_decision()
    {
        var probe = new Probe(Sys);
        var parent = Sys.ActorOf(Props.Create(() => new Parent(probe.Ref, SupervisorStrategy.DefaultStrategy)).WithSupervisorStrategy(
            new OneForOneStrategy(_ => Directive.Restart)));
        var child = await NewChild(parent, "a");
        probe.Watch(child);
        parent.Tell(new ApplicationException("the parent fails"));
        await probe.Next<Terminated>();
        var again = await NewChild(parent, "a");
        again.Tell("count");
        await probe.Expect("a 1");
    }

    private async Task<(IActorRef Parent, IActorRef Child)> Family(Probe probe, SupervisorStrategy strategy)
    {
        var parent = Sys.ActorOf(Props.Create(() => new Parent(probe.Ref, strategy)));
        return (parent, await NewChild(parent, "a"));
    }

    private static Task<IActorRef> NewChild(IActorRef parent, string name) => parent.Ask<IActorRef>(name).Within($"child {name}");

    private sealed class Parent : ReceiveActor
    {
        private readonly SupervisorStrategy _strategy;

        public Parent(IActorRef probe, SupervisorStrategy strategy)
        {
            _strategy = strategy;
            Receive<string>(name => Sender.Tell(Context.ActorOf(Props.Create(() => new Child(probe)), name)));
            Receive<(string Name, Props Props)>(child => Sender.Tell(Context.ActorOf(child.Props, child.Name)));
            Receive<Exception>(failure => throw failure);
        }

        protected override SupervisorStrategy SupervisorStrategy() => _strategy;
    }

    private sealed class Child : ReceiveActor
    {
        private int _count;

        public Child(IActorRef probe)
        {
            Receive<string>(_ => probe.Tell($"{Self.Path.Name} {++_count}"));
            Receive<Exception>(failure => throw failure);
        }
    }

    private sealed class NeverAgain : ReceiveActor
    {
        public NeverAgain() => Receive<Exception>(failure => throw failure);

        protected override void PostRestart(Exception reason) => throw new ApplicationException("never again");
    }

    private sealed class BadEnd : ReceiveActor
    {
        protected override void PostStop() => throw new ApplicationException("bad end");
    }

    private sealed class ThirdTime : ReceiveActor
    {
        public ThirdTime(int[] attempts, IActorRef probe)
        {
            if (++attempts[0] < 3)
                throw new ApplicationException("not yet");
            probe.Tell($"born at {attempts[0]}");
        }
    }
}
