using System.Threading.Channels;

namespace Actors.Host.Telemetry;

/// <summary>Writes lines one after the other, so that who logs never waits for who reads them.</summary>
internal sealed class LineQueue : IDisposable
{
    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(1);

    private readonly Channel<(string? Line, TaskCompletionSource? Told)> _waiting = Channel.CreateUnbounded<(string?, TaskCompletionSource?)>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _writing;

    /// <param name="output">Where the lines go.</param>
    public LineQueue(TextWriter output) => _writing = Task.Run(() => Write(output));

    public void Add(string line) => _waiting.Writer.TryWrite((line, null));

    /// <summary>Ends when the lines that were added before have been written.</summary>
    public Task Written()
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _waiting.Writer.TryWrite((null, told)) ? told.Task : _writing;
    }

    /// <summary>Takes no more lines, and waits a moment until what waits is written.</summary>
    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        _writing.Wait(s_moment);
    }

    private async Task Write(TextWriter output)
    {
        await foreach (var (line, told) in _waiting.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                if (line is not null) output.WriteLine(line);
            }
            catch (Exception gone) when (gone is IOException or ObjectDisposedException)
            {
                // Nobody reads the log any more; there is no other place to say so.
            }
            told?.TrySetResult();
        }
    }
}
