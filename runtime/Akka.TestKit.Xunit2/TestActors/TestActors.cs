using Akka.Actor;

namespace Akka.TestKit.TestActors;

/// <summary>Takes every message and does nothing.</summary>
public class BlackHoleActor : ActorBase
{
    public static Props Props => Actor.Props.Create<BlackHoleActor>();

    protected override bool Receive(object message) => true;
}

/// <summary>Passes every message to the TestKit's actor and, if wanted, also back to its sender.</summary>
public class EchoActor : ReceiveActor
{
    public EchoActor(TestKitBase testkit, bool echoBackToSenderAsWell = true)
    {
        ReceiveAny(message =>
        {
            var sender = Sender;
            var testActor = testkit.TestActor;
            if (echoBackToSenderAsWell && !testActor.Equals(sender))
            {
                sender.Tell(message);
            }

            testActor.Tell(message, sender);
        });
    }

    public static Props Props(TestKitBase testkit, bool echoBackToSenderAsWell = true) =>
        Actor.Props.Create(() => new EchoActor(testkit, echoBackToSenderAsWell));
}

/// <summary>Answers every message with itself.</summary>
public class SimpleEchoActor : ReceiveActor
{
    public SimpleEchoActor()
    {
        ReceiveAny(message => Sender.Tell(message));
    }

    public static Props Props() => Actor.Props.Create<SimpleEchoActor>();
}

/// <summary>Forwards every message to one target.</summary>
public class ForwardActor : ReceiveActor
{
    public ForwardActor(IActorRef target)
    {
        ReceiveAny(target.Forward);
    }

    public static Props Props(IActorRef target) => Actor.Props.Create(() => new ForwardActor(target));
}

/// <summary>Handles no message at all.</summary>
public class UnhandledMessageActor : ReceiveActor
{
    public UnhandledMessageActor()
    {
        ReceiveAny(Unhandled);
    }
}
