using System.Diagnostics;
using Actors.Transport;
using Akka.Actor;

namespace Actors.Host.Handlers;

/// <summary>
/// Runs a program for each message: its frames go to the program's standard input, and what the program writes is the
/// answer, without the line end behind it. One program at a time.
/// </summary>
internal sealed class ExecHandler : PrintingHandler
{
    private readonly IReadOnlyList<string> _command;
    private readonly TimeSpan _timeout;

    public ExecHandler(MessagePrinter printer, IReadOnlyList<string> command, TimeSpan timeout)
        : base(printer)
    {
        _command = command;
        _timeout = timeout;
        ReceiveAsync<Message>(async message =>
        {
            Print(message);
            var sender = Sender;
            var self = Self;
            // A failure is thrown: it restarts the handler, and the role counts the message as failed.
            sender.Tell(await Run(message), self);
        });
        ReceiveAsync<PeerMessage>(async message =>
        {
            Print(message);
            var sender = Sender;
            var self = Self;
            sender.Tell(message.Reply(await Run(message.Message)), self);
        });
    }

    private async Task<Message> Run(Message message)
    {
        var start = new ProcessStartInfo(_command[0], _command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var program = Process.Start(start) ?? throw new ExecFailedException(_command[0], "it did not start");
        using var deadline = new CancellationTokenSource(_timeout);
        var output = new MemoryStream();
        try
        {
            var reading = program.StandardOutput.BaseStream.CopyToAsync(output, deadline.Token);
            var complaints = program.StandardError.ReadToEndAsync(deadline.Token);
            await Feed(program, message, deadline.Token);
            await reading;
            await program.WaitForExitAsync(deadline.Token);
            if (program.ExitCode != 0) throw new ExecFailedException(_command[0], $"it exited with {program.ExitCode}: {(await complaints).Trim()}");
        }
        catch (OperationCanceledException)
        {
            program.Kill(entireProcessTree: true);
            throw new ExecFailedException(_command[0], $"it ran longer than {_timeout.TotalMilliseconds} ms");
        }
        var bytes = output.GetBuffer().AsMemory(0, (int)output.Length);
        if (bytes.Span.EndsWith("\n"u8)) bytes = bytes[..^1];
        if (bytes.Span.EndsWith("\r"u8)) bytes = bytes[..^1];
        return new Message(bytes);
    }

    private static async Task Feed(Process program, Message message, CancellationToken deadline)
    {
        try
        {
            for (var i = 0; i < message.FrameCount; i++) await program.StandardInput.BaseStream.WriteAsync(message[i], deadline);
            program.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program closed its input without reading all of it, which is its right; its exit code tells.
        }
    }
}

/// <summary>The program of an exec handler failed on a message.</summary>
internal sealed class ExecFailedException(string program, string why) : Exception($"{program}: {why}");
