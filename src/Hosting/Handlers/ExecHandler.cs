using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors.Hosting.Handlers;

/// <summary>
/// Runs a program for each message: its frames go to the program's standard input, and what the program writes is the answer,
/// without the line end behind it.
/// </summary>
/// <remarks>
/// In a reply role, the programs of all requests in flight run beside each other. In other roles there is one at a time, because
/// a message counts as worked on once the handler takes the next.
/// </remarks>
internal sealed class ExecHandler : PrintingHandler
{
    private readonly RunningPrograms _running = new();

    /// <param name="printer">Prints each message.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="timeout">How long it may run for a message.</param>
    /// <param name="handlerTimeout">The time in which a reply role expects the answer to a request; null in other roles.</param>
    public ExecHandler(MessagePrinter printer, IReadOnlyList<string> command, TimeSpan timeout, TimeSpan? handlerTimeout)
        : base(printer)
    {
        var log = Context.GetLogger();
        var isLate = handlerTimeout <= timeout;
        var program = new ExecProgram(command, isLate ? handlerTimeout!.Value : timeout, _running, text => log.Warning("standard error of {0}", text));
        if (handlerTimeout is null)
        {
            ReceiveAsync<Message>(async message =>
            {
                Print(message);
                var sender = Sender;
                var self = Self;
                // A failure is thrown: it restarts the handler, and the role counts the message as failed.
                sender.Tell(await program.Run(message), self);
            });
            ReceiveAsync<PeerMessage>(async message =>
            {
                Print(message);
                var sender = Sender;
                var self = Self;
                sender.Tell(message.Reply(await program.Run(message.Message)), self);
            });
        }
        else
        {
            Receive<Message>(message =>
            {
                Print(message);
                _ = Answer(program, message, isLate, Sender, Self);
            });
        }
    }

    protected override void PostStop()
    {
        _running.Dispose();
        base.PostStop();
    }

    /// <summary>Answers as the program does. Where the role itself ends a request whose program runs too long, that needs no answer.</summary>
    private static async Task Answer(ExecProgram program, Message message, bool isLate, IActorRef sender, IActorRef self)
    {
        try
        {
            sender.Tell(await program.Run(message), self);
        }
        catch (ExecTimeoutException) when (isLate)
        {
            // The role ends the request by itself at this time.
        }
        catch (Exception failure)
        {
            sender.Tell(new Status.Failure(failure), self);
        }
    }
}
