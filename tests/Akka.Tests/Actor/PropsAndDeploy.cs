using Akka.Actor;
using Akka.Configuration;

namespace Akka.Tests.Actor;

public sealed class PropsAndDeploy : SystemTest
{
    public PropsAndDeploy()
        : base("""
            akka.actor.deployment {
              "/deployed" { dispatcher = own-dispatcher }
              "/family/*" { mailbox = own-mailbox }
              "/all/**" { stash-capacity = 7 }
            }
            own-dispatcher { type = PinnedDispatcher }
            own-mailbox { mailbox-type = "Akka.Dispatch.UnboundedDequeBasedMailbox, Akka" }
            """)
    {
    }

    [Fact]
    public void All_forms_of_Create_agree()
    {
        var number = 5;
        Assert.Equal(Props.Create(() => new Argued(number, "text")), Props.Create<Argued>(5, "text"));
        Assert.Equal(Props.Create(typeof(Argued), 5, "text"), new Props(typeof(Argued), [5, "text"]));
        Assert.Equal(typeof(Argued), Props.Create<Argued>(5, "text").Type);
        Assert.Equal([5, "text"], Props.Create(() => new Argued(number, "te" + "xt")).Arguments);
    }

    [Fact]
    public void A_factory_that_is_no_constructor_call_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Props.Create(() => Make()));
        Assert.Throws<ArgumentException>(() => new Props(typeof(string)));
        Assert.Throws<ArgumentException>(() => new Props(typeof(ReceiveActor)));
    }

    [Fact]
    public async Task Arguments_reach_the_constructor()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Argued(5, "text")));
        Assert.Equal("5 text", await actor.Ask<string>("say").Within("the answer"));
    }

    [Fact]
    public async Task Arguments_that_fit_no_constructor_are_an_error_that_names_them()
    {
        var probe = new Probe(Sys);
        Sys.EventStream.Subscribe(probe.Ref, typeof(Akka.Event.Error));
        Sys.ActorOf(Props.Create<Argued>("wrong"));
        var error = await probe.Next<Akka.Event.Error>();
        Assert.Contains("no constructor (System.String)", error.Cause.ToString());
    }

    [Fact]
    public async Task A_producer_makes_and_takes_back()
    {
        var probe = new Probe(Sys);
        var actor = Sys.ActorOf(Props.CreateBy(new Producer(probe.Ref)));
        await probe.Expect("produced");
        actor.Tell(PoisonPill.Instance);
        await probe.Expect("released");
    }

    [Fact]
    public void Props_do_not_change()
    {
        var props = Props.Create<Argued>(5, "text");
        var other = props.WithDispatcher("d").WithMailbox("m").WithSupervisorStrategy(SupervisorStrategy.StoppingStrategy);
        Assert.Equal("akka.actor.default-dispatcher", props.Dispatcher);
        Assert.Equal("akka.actor.default-mailbox", props.Mailbox);
        Assert.Equal("d", other.Dispatcher);
        Assert.Equal("m", other.Mailbox);
        Assert.Same(SupervisorStrategy.StoppingStrategy, other.SupervisorStrategy);
        Assert.NotEqual(props, other);
    }

    [Fact]
    public async Task The_configuration_deploys_by_path()
    {
        var deployed = (LocalActorRef)Sys.ActorOf(Props.Create<Argued>(1, "a"), "deployed");
        Assert.Equal("own-dispatcher", deployed.Cell.Dispatcher.Id);
        var family = Sys.ActorOf(Props.Create<Family>(), "family");
        var child = (LocalActorRef)await family.Ask<IActorRef>("child").Within("the child");
        Assert.IsType<Akka.Dispatch.MessageQueues.UnboundedDequeMessageQueue>(child.Cell.Mailbox.MessageQueue);
        var all = Sys.ActorOf(Props.Create<Family>(), "all");
        var deep = (LocalActorRef)await all.Ask<IActorRef>("deep").Within("the child");
        Assert.Equal(7, deep.Cell.Props.Deploy.StashCapacity);
    }

    [Fact]
    public void An_unknown_dispatcher_or_mailbox_is_an_error_and_leaves_the_name_free()
    {
        var failure = Assert.Throws<ConfigurationException>(() => Sys.ActorOf(Props.Create<Family>().WithDispatcher("no-dispatcher"), "free"));
        Assert.Contains("no-dispatcher", failure.Message);
        Assert.Contains("/user/free", failure.Message);
        failure = Assert.Throws<ConfigurationException>(() => Sys.ActorOf(Props.Create<Family>().WithMailbox("no-mailbox"), "free"));
        Assert.Contains("no-mailbox", failure.Message);
        Sys.ActorOf(Props.Create<Family>(), "free");
    }

    private static Argued Make() => throw new InvalidOperationException("never called");

    private sealed class Argued : ReceiveActor
    {
        public Argued(int number, string text) => ReceiveAny(_ => Sender.Tell($"{number} {text}"));
    }

    private sealed class Family : ReceiveActor
    {
        public Family() => Receive<string>(name => Sender.Tell(Context.ActorOf(Props.Create<Family>(), name)));
    }

    private sealed class Producer(IActorRef probe) : IIndirectActorProducer
    {
        public Type ActorType => typeof(Family);

        public ActorBase Produce()
        {
            probe.Tell("produced");
            return new Family();
        }

        public void Release(ActorBase actor) => probe.Tell("released");
    }
}
