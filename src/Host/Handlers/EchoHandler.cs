using Actors.Transport;
using Akka.Actor;

namespace Actors.Host.Handlers;

/// <summary>Answers each message with itself.</summary>
internal sealed class EchoHandler : ReceiveActor
{
    public EchoHandler(MessagePrinter printer)
    {
        Receive<Message>(message =>
        {
            printer.Print(message);
            Sender.Tell(message, Self);
        });
        Receive<PeerMessage>(message =>
        {
            printer.Print(message);
            Sender.Tell(message, Self);
        });
    }
}
