using Actors.Transport;
using Akka.Actor;

namespace Actors.Hosting.Handlers;

/// <summary>Answers each message with the same one.</summary>
internal sealed class ConstantHandler : PrintingHandler
{
    public ConstantHandler(MessagePrinter printer, Message answer)
        : base(printer)
    {
        Receive<Message>(message =>
        {
            Print(message);
            Sender.Tell(answer, Self);
        });
        Receive<PeerMessage>(message =>
        {
            Print(message);
            Sender.Tell(message.Reply(answer), Self);
        });
    }
}
