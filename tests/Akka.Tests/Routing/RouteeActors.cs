using Akka.Actor;

namespace Akka.Tests.Routing;

/// <summary>Answers every message with its own name and the message.</summary>
internal sealed class NamingActor : ReceiveActor
{
    public NamingActor()
    {
        Receive<Exception>(failure => throw failure);
        ReceiveAny(message => Sender.Tell(new Named(Self.Path.Name, message)));
    }
}

internal sealed record Named(string Name, object Message);

/// <summary>Stops processing at a message until the gate opens.</summary>
internal sealed class GatedActor : ReceiveActor
{
    public GatedActor(ManualResetEventSlim gate)
    {
        ReceiveAny(message =>
        {
            Sender.Tell(new Named(Self.Path.Name, message));
            if (!gate.Wait(TimeSpan.FromSeconds(30)))
            {
                throw new TimeoutException($"The gate did not open within 30 seconds, for {Self} at {message}.");
            }
        });
    }
}
