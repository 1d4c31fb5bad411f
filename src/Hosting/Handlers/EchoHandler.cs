using Actors.Transport;
using Akka.Actor;

namespace Actors.Hosting.Handlers;

/// <summary>Answers each message with itself.</summary>
internal sealed class EchoHandler : PrintingHandler
{
    public EchoHandler(MessagePrinter printer)
        : base(printer)
    {
        Receive<Message>(message =>
        {
            Print(message);
            Sender.Tell(message, Self);
        });
        Receive<PeerMessage>(message =>
        {
            Print(message);
            Sender.Tell(message, Self);
        });
    }
}
