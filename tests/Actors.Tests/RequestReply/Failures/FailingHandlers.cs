using System.Runtime.CompilerServices;
using Actors.Transport;
using Akka.Actor;
using Akka.Routing;

namespace Actors.Tests.Failures;

/// <summary>Handlers that echo, and fail on a message "bad", each in its own way.</summary>
internal static class FailingHandlers
{
    /// <summary>The ways to fail on one message and to go on with the next.</summary>
    public static readonly IReadOnlyDictionary<string, Props> ThatGoOn = new Dictionary<string, Props>
    {
        ["throws"] = Props.Create(() => new Throwing()),
        ["throws a TimeoutException"] = Props.Create(() => new ThrowingTimeout()),
        ["throws before it awaits"] = Props.Create(() => new ThrowingAsync(false)),
        ["throws after it awaited"] = Props.Create(() => new ThrowingAsync(true)),
        ["answers a failure"] = Props.Create(() => new AnsweringFailure()),
        ["answers a timeout of its own"] = Props.Create(() => new AnsweringTimeout()),
        ["answers what is no message"] = Props.Create(() => new AnsweringText()),
        ["pipes a failed task to the sender"] = Props.Create(() => new PipingToSender()),
        ["throws on the result of a task"] = Props.Create(() => new PipingToSelf()),
        ["throws on what it forwarded to itself"] = Props.Create(() => new ForwardingToSelf()),
        ["is a pool of routees that throw"] = Props.Create(() => new Throwing()).WithRouter(new RoundRobinPool(3)),
        ["is a pool that restarts its routees"] = Props.Create(() => new Throwing()).WithRouter(new SmallestMailboxPool(3).WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Restart))),
        ["is a pool of routees that throw after they awaited"] = Props.Create(() => new ThrowingAsync(true)).WithRouter(new RandomPool(3)),
        ["lets its child's failure escalate"] = Props.Create(() => new Delegating()),
    };

    /// <summary>The ways to end for good. The role cannot go on without its handler.</summary>
    public static readonly IReadOnlyDictionary<string, Props> ThatStop = new Dictionary<string, Props>
    {
        ["stops itself"] = Props.Create(() => new Stopping()),
        ["swallows poison"] = Props.Create(() => new Poisoned()),
        ["is killed"] = Props.Create(() => new Killed()),
        ["cannot be created anew"] = Props.Create(() => new OnlyOnce(new StrongBox<int>())),
        ["is a pool whose routees stop"] = Props.Create(() => new Stopping()).WithRouter(new RoundRobinPool(2)),
    };

    private static Message Good(Message message) => message.Text() == "bad" ? throw new InvalidOperationException("a bad message") : message;

    private sealed class Throwing : ReceiveActor
    {
        public Throwing() => Receive<Message>(message => Sender.Tell(Good(message), Self));
    }

    private sealed class ThrowingTimeout : ReceiveActor
    {
        public ThrowingTimeout() => Receive<Message>(message => Sender.Tell(message.Text() == "bad" ? throw new TimeoutException("its database was slow") : message, Self));
    }

    private sealed class ThrowingAsync : ReceiveActor
    {
        public ThrowingAsync(bool awaits) => ReceiveAsync<Message>(async message =>
        {
            if (awaits) await Task.Yield();
            Sender.Tell(Good(message), Self);
        });
    }

    private sealed class AnsweringFailure : ReceiveActor
    {
        public AnsweringFailure() => Receive<Message>(message => Sender.Tell(message.Text() == "bad" ? new Status.Failure(new InvalidOperationException("a bad message")) : message, Self));
    }

    private sealed class AnsweringTimeout : ReceiveActor
    {
        public AnsweringTimeout() => Receive<Message>(message => Sender.Tell(message.Text() == "bad" ? new Status.Failure(new TimeoutException("its database was slow")) : message, Self));
    }

    private sealed class AnsweringText : ReceiveActor
    {
        public AnsweringText() => Receive<Message>(message => Sender.Tell(message.Text() == "bad" ? "a text" : message, Self));
    }

    private sealed class PipingToSender : ReceiveActor
    {
        public PipingToSender() => Receive<Message>(message => Task.Run(() => Good(message)).PipeTo(Sender, Self));
    }

    private sealed class PipingToSelf : ReceiveActor
    {
        public PipingToSelf()
        {
            Receive<Message>(message => Task.Run(() => message.Text()).PipeTo(Self, Sender));
            Receive<string>(text => Sender.Tell(Good(Message.FromText(text)), Self));
        }
    }

    private sealed class ForwardingToSelf : ReceiveActor
    {
        public ForwardingToSelf()
        {
            Receive<Message>(message => Self.Forward(message.Text()));
            Receive<string>(text => Sender.Tell(Good(Message.FromText(text)), Self));
        }
    }

    private sealed class Stopping : ReceiveActor
    {
        public Stopping() => Receive<Message>(_ => Context.Stop(Self));
    }

    private sealed class Poisoned : ReceiveActor
    {
        public Poisoned() => Receive<Message>(_ => Self.Tell(PoisonPill.Instance));
    }

    private sealed class Killed : ReceiveActor
    {
        public Killed() => Receive<Message>(_ => Self.Tell(Kill.Instance));
    }

    private sealed class OnlyOnce : ReceiveActor
    {
        public OnlyOnce(StrongBox<int> created)
        {
            if (created.Value++ > 0) throw new InvalidOperationException("it was created before");
            Receive<Message>(message => throw new InvalidOperationException("a bad message"));
        }
    }

    private sealed class Delegating : ReceiveActor
    {
        private readonly IActorRef _child = Context.ActorOf(Props.Create(() => new Throwing()));

        public Delegating() => Receive<Message>(message => _child.Forward(message));

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Escalate);
    }
}
