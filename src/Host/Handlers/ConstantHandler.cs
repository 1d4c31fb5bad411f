using Actors.Transport;
using Akka.Actor;

namespace Actors.Host.Handlers;

/// <summary>Answers each message with the same one.</summary>
internal sealed class ConstantHandler : ReceiveActor
{
    public ConstantHandler(MessagePrinter printer, Message answer)
    {
        Receive<Message>(message =>
        {
            printer.Print(message);
            Sender.Tell(answer, Self);
        });
        Receive<PeerMessage>(message =>
        {
            printer.Print(message);
            Sender.Tell(message.Reply(answer), Self);
        });
    }
}
