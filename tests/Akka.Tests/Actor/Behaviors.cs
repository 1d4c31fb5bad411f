using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Actor;

public sealed class Behaviors : SystemTest
{
    [Fact]
    public async Task The_first_handler_that_takes_a_message_has_it()
    {
        var probe = new Probe(Sys);
        var actor = Sys.ActorOf(Props.Create(() => new Sorted(probe.Ref)));
        foreach (var message in new object[] { 1, 12, "text", "long text", new ArgumentException(), 2.5, 7L })
            actor.Tell(message);
        await probe.Expect("small 1", "number 12", "text text", "long long text", "exception", "typed 2.5", "any 7");
    }

    [Fact]
    public async Task A_message_without_a_handler_is_published_as_unhandled()
    {
        var probe = new Probe(Sys);
        Sys.EventStream.Subscribe(probe.Ref, typeof(UnhandledMessage));
        var actor = Sys.ActorOf(Props.Create<Picky>());
        actor.Tell("what", probe.Ref);
        var unhandled = await probe.Next<UnhandledMessage>();
        Assert.Equal("what", unhandled.Message);
        Assert.Equal(probe.Ref, unhandled.Sender);
        Assert.Equal(actor, unhandled.Recipient);
    }

    [Fact]
    public async Task Become_replaces_and_BecomeStacked_can_be_undone()
    {
        var probe = new Probe(Sys);
        var actor = Sys.ActorOf(Props.Create(() => new Moody(probe.Ref)));
        foreach (var message in new[] { "hi", "angry", "hi", "happy", "hi", "back", "hi" })
            actor.Tell(message);
        await probe.Expect("neutral hi", "angry hi", "happy hi", "angry hi");
    }

    [Fact]
    public async Task Become_in_the_constructor_is_the_first_behaviour()
    {
        var probe = new Probe(Sys);
        var actor = Sys.ActorOf(Props.Create(() => new BecomesAtOnce(probe.Ref)));
        actor.Tell("hi");
        await probe.Expect("became hi");
    }

    [Fact]
    public async Task UntypedActor_becomes_too()
    {
        var probe = new Probe(Sys);
        var actor = Sys.ActorOf(Props.Create(() => new Untyped(probe.Ref)));
        foreach (var message in new[] { "hi", "other", "hi", "back", "hi" })
            actor.Tell(message);
        await probe.Expect("first hi", "second hi", "first hi");
    }

    [Fact]
    public async Task A_handler_behind_ReceiveAny_is_an_error()
    {
        var probe = new Probe(Sys);
        Sys.EventStream.Subscribe(probe.Ref, typeof(Error));
        Sys.ActorOf(Props.Create<Unreachable>());
        var error = await probe.Next<Error>();
        Assert.Contains("catches all messages", error.Message.ToString());
    }

    [Fact]
    public async Task The_context_is_not_to_be_had_outside()
    {
        var actor = Sys.ActorOf(Props.Create<LeaksContext>());
        var outside = await actor.Ask<Func<object>>("give").Within("the leak");
        Assert.Throws<NotSupportedException>(() => outside());
    }

    private sealed class Sorted : ReceiveActor
    {
        public Sorted(IActorRef probe)
        {
            Receive<int>(number => probe.Tell($"small {number}"), number => number < 10);
            Receive<int>(number => probe.Tell($"number {number}"));
            Receive<string>(text => text.Length > 5, text => probe.Tell($"long {text}"));
            Receive<string>(text =>
            {
                probe.Tell($"text {text}");
                return true;
            });
            Receive<Exception>(_ => probe.Tell("exception"));
            Receive(typeof(double), number => probe.Tell(FormattableString.Invariant($"typed {number}")));
            ReceiveAny(any => probe.Tell($"any {any}"));
        }
    }

    private sealed class Picky : ReceiveActor
    {
        public Picky() => Receive<int>(_ => { });
    }

    private sealed class Moody : ReceiveActor
    {
        private readonly IActorRef _probe;

        public Moody(IActorRef probe)
        {
            _probe = probe;
            Receive<string>(text => text == "angry", _ => Become(Angry));
            Receive<string>(text => probe.Tell("neutral " + text));
        }

        private void Angry()
        {
            Receive<string>(text => text == "happy", _ => BecomeStacked(Happy));
            Receive<string>(text => _probe.Tell("angry " + text));
        }

        private void Happy()
        {
            Receive<string>(text => text == "back", _ => UnbecomeStacked());
            Receive<string>(text => _probe.Tell("happy " + text));
        }
    }

    private sealed class BecomesAtOnce : ReceiveActor
    {
        public BecomesAtOnce(IActorRef probe)
        {
            Receive<string>(text => probe.Tell("constructor " + text));
            Become(() => Receive<string>(text => probe.Tell("became " + text)));
        }
    }

    private sealed class Untyped(IActorRef probe) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is "other")
                BecomeStacked(Other);
            else
                probe.Tell("first " + message);
        }

        private void Other(object message)
        {
            if (message is "back")
                UnbecomeStacked();
            else
                probe.Tell("second " + message);
        }
    }

    private sealed class Unreachable : ReceiveActor
    {
        public Unreachable()
        {
            ReceiveAny(_ => { });
            Receive<int>(_ => { });
        }
    }

    private sealed class LeaksContext : ReceiveActor
    {
        public LeaksContext() => ReceiveAny(_ => Sender.Tell((Func<object>)(() => Context)));
    }
}
