using System.ComponentModel;
using System.Diagnostics;
using Actors.Transport;

namespace Actors.Hosting.Handlers;

/// <summary>The program of an exec handler, run once for each message.</summary>
/// <param name="command">The program and its arguments.</param>
/// <param name="timeout">How long a run may take.</param>
/// <param name="running">The runs of this handler that have not ended.</param>
/// <param name="complaint">Told what a run wrote to its standard error, shortened, when it ended well. Called on any thread.</param>
/// <remarks>Safe to use from any thread.</remarks>
internal sealed class ExecProgram(IReadOnlyList<string> command, TimeSpan timeout, RunningPrograms running, Action<string> complaint)
{
    /// <summary>
    /// Feeds the message to the program's standard input, while it reads what the program writes, so that neither waits for the
    /// other. A program need not read its input.
    /// </summary>
    /// <returns>What it wrote to its standard output, without the line end behind it.</returns>
    /// <exception cref="ExecFailedException">It did not start, exited with another code than 0, or was killed.</exception>
    /// <exception cref="ExecTimeoutException">It ran too long, and was killed with all that it had started.</exception>
    public async Task<Message> Run(Message message)
    {
        var run = Start();
        using var program = run.Process;
        running.Add(run);
        try
        {
            var output = new MemoryStream();
            var complaints = new ShortText(program.StandardError.BaseStream);
            var talk = Task.WhenAll(program.StandardOutput.BaseStream.CopyToAsync(output), complaints.ReadToEnd(), program.WaitForExitAsync());
            Forget(talk);
            Forget(Feed(program.StandardInput.BaseStream, message));
            await talk.WaitAsync(timeout);
            if (program.ExitCode != 0) throw new ExecFailedException(command[0], $"it exited with {ExitText(program.ExitCode)}{(complaints.Text.Length > 0 ? $": {complaints.Text}" : "")}");
            if (complaints.Text.Length > 0) complaint($"{command[0]}: {complaints.Text}");
            return new Message(WithoutLineEnd(output));
        }
        catch (TimeoutException)
        {
            run.Kill();
            throw new ExecTimeoutException(command[0], timeout);
        }
        finally
        {
            running.Remove(run);
        }
    }

    private ProgramRun Start()
    {
        try
        {
            return ProgramRun.Start(command);
        }
        catch (Exception cause) when (cause is Win32Exception or IOException)
        {
            throw new ExecFailedException(command[0], $"it did not start: {cause.Message}");
        }
    }

    private static async Task Feed(Stream input, Message message)
    {
        await using (input)
        {
            for (var i = 0; i < message.FrameCount; i++) await input.WriteAsync(message[i]);
        }
    }

    /// <summary>Its failure shows elsewhere: input that is not read is the program's right, and a program that is killed reads and writes no more.</summary>
    private static void Forget(Task task) =>
        task.ContinueWith(static ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private static string ExitText(int code) => code > 128 ? $"{code} (signal {code - 128})" : $"{code}";

    private static ReadOnlyMemory<byte> WithoutLineEnd(MemoryStream output)
    {
        var bytes = output.GetBuffer().AsMemory(0, (int)output.Length);
        if (bytes.Span.EndsWith("\n"u8)) bytes = bytes[..^1];
        if (bytes.Span.EndsWith("\r"u8)) bytes = bytes[..^1];
        return bytes;
    }
}

/// <summary>The program of an exec handler failed on a message.</summary>
internal class ExecFailedException(string program, string why) : Exception($"{program}: {why}");

/// <summary>The program of an exec handler took too long for a message.</summary>
internal sealed class ExecTimeoutException(string program, TimeSpan timeout) : ExecFailedException(program, $"it ran longer than {timeout.TotalMilliseconds} ms");
