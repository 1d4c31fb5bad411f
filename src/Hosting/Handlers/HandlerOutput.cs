using System.Text;

namespace Actors.Hosting.Handlers;

/// <summary>
/// Where handlers and sources print. A line that cannot be written, because nobody reads any more or the disk is full, fails
/// whoever prints it, and <see cref="Failed"/> tells the host.
/// </summary>
/// <remarks>Safe to use from any thread: a line is written as a whole.</remarks>
internal sealed class HandlerOutput(TextWriter output) : TextWriter
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<Exception> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done with the cause when a line could not be written.</summary>
    public Task<Exception> Failed => _failed.Task;

    /// <summary>Where a source says that a request has failed. Default: standard error of the process. Takes whole lines from any thread.</summary>
    public TextWriter Errors { get; set; } = Console.Error;

    /// <summary>True where the lines go to a terminal, which would obey the control characters of a peer.</summary>
    public bool IsTerminal => output is TerminalWriter;

    public override Encoding Encoding => output.Encoding;

    public override void Write(char value) => Guarded(() => output.Write(value));

    public override void Write(string? value) => Guarded(() => output.Write(value));

    public override void WriteLine(string? value) => Guarded(() => output.WriteLine(value));

    public override void Flush() => Guarded(output.Flush);

    private void Guarded(Action write)
    {
        try
        {
            lock (_lock) write();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            _failed.TrySetResult(cause);
            throw;
        }
    }
}
