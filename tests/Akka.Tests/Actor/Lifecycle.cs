using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class Lifecycle : SystemTest
{
    [Fact]
    public async Task Hooks_run_in_order_around_messages()
    {
        var log = new Probe(Sys);
        var actor = Sys.ActorOf(Props.Create(() => new Hooked(log.Ref)));
        actor.Tell("work");
        await log.Expect("PreStart", "work");
        Sys.Stop(actor);
        await log.Expect("PostStop");
    }

    [Fact]
    public async Task A_restart_runs_the_hooks_of_both_instances()
    {
        var log = new Probe(Sys);
        var actor = Sys.ActorOf(Props.Create(() => new Hooked(log.Ref)));
        actor.Tell(new ApplicationException("fail"));
        actor.Tell("work");
        await log.Expect("PreStart", "PreRestart fail ApplicationException", "PostStop", "PostRestart fail", "PreStart", "work");
    }

    [Fact]
    public async Task PoisonPill_stops_behind_the_messages_before_it()
    {
        var log = new Probe(Sys);
        var actor = Sys.ActorOf(Props.Create(() => new Hooked(log.Ref)));
        log.Watch(actor);
        actor.Tell("first");
        actor.Tell(PoisonPill.Instance);
        await log.Expect("PreStart", "first", "PostStop");
        Assert.Equal(actor, (await log.Next<Terminated>()).ActorRef);
    }

    [Fact]
    public async Task Kill_stops_by_the_default_strategy()
    {
        var probe = new Probe(Sys);
        var actor = Sys.ActorOf(Props.Create(() => new Hooked(probe.Ref)));
        probe.Watch(actor);
        actor.Tell(Kill.Instance);
        await probe.Expect("PreStart", "PostStop");
        await probe.Next<Terminated>();
    }

    [Fact]
    public async Task GracefulStop_ends_when_the_actor_has_stopped()
    {
        var log = new Probe(Sys);
        var actor = Sys.ActorOf(Props.Create(() => new Hooked(log.Ref)));
        Assert.True(await actor.GracefulStop(Probe.Patience).Within("the stop"));
        await log.Expect("PreStart", "PostStop");
    }

    [Fact]
    public async Task A_constructor_that_throws_stops_the_actor()
    {
        var probe = new Probe(Sys);
        var actor = Sys.ActorOf(Props.Create<Unborn>());
        probe.Watch(actor);
        await probe.Next<Terminated>();
    }

    [Fact]
    public async Task A_parent_stops_after_its_children()
    {
        var log = new Probe(Sys);
        var parent = Sys.ActorOf(Props.Create(() => new Parent(log.Ref)), "parent");
        parent.Tell("child");
        await log.Expect("child PreStart");
        Sys.Stop(parent);
        await log.Expect("child PostStop", "parent PostStop");
    }

    [Fact]
    public async Task Actors_are_not_made_with_new()
    {
        // On a thread of its own: a TestKit may have left its test actor as the current one on a thread of the pool.
        var made = Task.Factory.StartNew(() => new Unborn(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Assert.ThrowsAsync<ActorInitializationException>(() => made.Within("the end of the constructor"));
    }

    [Fact]
    public async Task The_end_of_the_system_stops_all_and_runs_callbacks_last_first()
    {
        var order = new List<string>();
        var log = new Probe(Sys);
        Sys.ActorOf(Props.Create(() => new Hooked(log.Ref)));
        Sys.RegisterOnTermination(() => order.Add("first"));
        Sys.RegisterOnTermination(() => order.Add("second"));
        await Sys.Terminate().Within("the end");
        Assert.True(Sys.WhenTerminated.IsCompletedSuccessfully);
        Assert.Equal(["second", "first"], order);
        Assert.Throws<InvalidOperationException>(() => Sys.ActorOf(Props.Create<Unborn>()));
    }

    private sealed class Hooked(IActorRef log) : UntypedActor
    {
        protected override void PreStart() => log.Tell("PreStart");

        protected override void PostStop() => log.Tell("PostStop");

        protected override void PreRestart(Exception reason, object message)
        {
            log.Tell($"PreRestart {reason.Message} {message.GetType().Name}");
            base.PreRestart(reason, message);
        }

        protected override void PostRestart(Exception reason)
        {
            log.Tell($"PostRestart {reason.Message}");
            base.PostRestart(reason);
        }

        protected override void OnReceive(object message)
        {
            if (message is Exception failure)
                throw failure;
            log.Tell(message);
        }
    }

    private sealed class Unborn : ReceiveActor
    {
        public Unborn() => throw new ApplicationException("unborn");
    }

    private sealed class Parent : ReceiveActor
    {
        private readonly IActorRef _log;

        public Parent(IActorRef log)
        {
            _log = log;
            Receive<string>(name => Context.ActorOf(Props.Create(() => new Child(log, name)), name));
        }

        protected override void PostStop() => _log.Tell("parent PostStop");
    }

    private sealed class Child(IActorRef log, string name) : UntypedActor
    {
        protected override void PreStart() => log.Tell(name + " PreStart");

        protected override void PostStop() => log.Tell(name + " PostStop");

        protected override void OnReceive(object message)
        {
        }
    }
}
