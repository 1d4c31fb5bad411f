using Actors.Transport;
using Akka.Actor;

namespace Actors.Hosting.Handlers;

/// <summary>A handler that prints. One that cannot print has failed, and takes no further message.</summary>
internal abstract class PrintingHandler(MessagePrinter printer) : ReceiveActor
{
    /// <summary>The dispatcher of what prints: standard output may block, and then it must not block anything else.</summary>
    public const string Dispatcher = "actors-hosting.output-dispatcher";

    /// <summary>A request is worked on in its span: what is logged, started or asked meanwhile belongs to it.</summary>
    protected override bool AroundReceive(Receive receive, object message)
    {
        using (Tracing.Enter((message as Message)?.Span)) return base.AroundReceive(receive, message);
    }

    /// <summary>Prints the message, and fails with it when that is not possible: the role then acknowledges nothing.</summary>
    protected void Print(Message message) => OrStop(() => printer.Print(message));

    protected void Print(PeerMessage message) => OrStop(() => printer.Print(message));

    /// <summary>Prints what is not a message.</summary>
    protected void Note(string line) => OrStop(() => printer.Note(line));

    private void OrStop(Action print)
    {
        try
        {
            print();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Context.Stop(Self);
            throw;
        }
    }
}
