using Actors.Host.Commands;
using Actors.Host.Messaging.Frames;
using Actors.Hosting.Handlers;
using Actors.Transport;

namespace Actors.Host.Messaging.Running;

/// <summary>Makes the replies of <c>reply</c>.</summary>
/// <param name="answer">The frames of the reply to a request and its number.</param>
/// <param name="running">What is to end with it.</param>
internal sealed class Answers(Func<IReadOnlyList<ReadOnlyMemory<byte>>, long, Task<IReadOnlyList<ReadOnlyMemory<byte>>>> answer, IDisposable? running = null) : IDisposable
{
    public static Answers Echo() => new((request, _) => Task.FromResult(request));

    public static Answers OfFrames(FrameMaker frames, TimeProvider time) =>
        new((request, number) => Task.FromResult<IReadOnlyList<ReadOnlyMemory<byte>>>(frames.Make(number, time.GetUtcNow(), request)));

    /// <summary>A command of the shell, run once for each request.</summary>
    /// <param name="command">For <c>/bin/sh -c</c>, on Windows <c>cmd /c</c>.</param>
    /// <param name="timeout">How long a run may take.</param>
    /// <param name="complaint">Told what a run that went well wrote to its standard error.</param>
    public static Answers OfProgram(string command, TimeSpan timeout, Action<string> complaint)
    {
        var running = new RunningPrograms();
        var program = new ExecProgram(OperatingSystem.IsWindows() ? ["cmd", "/c", command] : ["/bin/sh", "-c", command], timeout, running, complaint);
        return new Answers(
            async (request, _) =>
            {
                try
                {
                    var reply = await program.Run(Message.Of([.. request]));
                    return [reply[0]];
                }
                catch (ExecFailedException fault)
                {
                    throw new ToolException($"--exec: {fault.Message}; the reply is an empty frame");
                }
            },
            running);
    }

    /// <exception cref="ToolException">A program failed.</exception>
    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> Of(IReadOnlyList<ReadOnlyMemory<byte>> request, long number) => answer(request, number);

    public void Dispose() => running?.Dispose();
}
