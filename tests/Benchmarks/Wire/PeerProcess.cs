using System.Diagnostics;

namespace Benchmarks.Wire;

/// <summary>A running end, which prints lines and stops when its standard input says so. Disposing ends it in any case.</summary>
internal sealed class PeerProcess(string name, Process process) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Reads the next line of this kind and returns it whole.</summary>
    public async Task<string> ReadLine(string prefix)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(limit.Token).ConfigureAwait(false) is { } line)
            {
                if (line.StartsWith(prefix, StringComparison.Ordinal))
                    return line;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The peer \"{name}\" printed no \"{prefix.TrimEnd()}\" line within {Patience.TotalSeconds} s.");
        }

        throw new InvalidOperationException($"The peer \"{name}\" ended without a \"{prefix.TrimEnd()}\" line.");
    }

    /// <summary>The processor time that the end has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public void Stop()
    {
        process.StandardInput.WriteLine("stop");
        process.StandardInput.Flush();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
