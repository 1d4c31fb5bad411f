using System.Globalization;
using Actors.Transport;
using Akka.Actor;

namespace Actors.Host.Handlers;

/// <summary>Prints each message, and each failure or gap that comes in a message's place.</summary>
internal sealed class ConsoleHandler : ReceiveActor
{
    public ConsoleHandler(MessagePrinter printer)
    {
        Receive<Message>(printer.Print);
        Receive<PeerMessage>(printer.Print);
        Receive<SubscriptionGap>(gap => printer.Note($"gap {gap.First} to {gap.Last?.ToString(CultureInfo.InvariantCulture) ?? "the last"}"));
        Receive<Status.Failure>(failure => printer.Note($"failed: {failure.Cause.Message}"));
    }
}
