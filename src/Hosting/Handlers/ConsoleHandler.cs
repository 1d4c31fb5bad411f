using System.Globalization;
using Actors.Transport;
using Akka.Actor;

namespace Actors.Hosting.Handlers;

/// <summary>Prints each message, and each gap that comes in a message's place.</summary>
internal sealed class ConsoleHandler : PrintingHandler
{
    public ConsoleHandler(MessagePrinter printer)
        : base(printer)
    {
        Receive<Message>(Print);
        Receive<PeerMessage>(Print);
        Receive<SubscriptionGap>(gap => Note($"gap {gap.First} to {gap.Last?.ToString(CultureInfo.InvariantCulture) ?? "the last"}"));
        // The source has said it on standard error.
        Receive<Status.Failure>(_ => { });
    }
}
