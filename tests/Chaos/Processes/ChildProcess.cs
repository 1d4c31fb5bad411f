using System.Diagnostics;
using System.Text;

namespace Chaos.Processes;

/// <summary>A process whose output goes to a log file and, a line at a time, to whoever waits for it.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly Action<string> _line;
    private readonly string? _readyMark;
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _writing = new();

    /// <param name="start">The program and its arguments.</param>
    /// <param name="logFile">Where its output goes, with its command line on top.</param>
    /// <param name="readyMark">The process is ready when it prints a line with this text.</param>
    /// <param name="line">Called for each line of output, by one thread at a time.</param>
    public ChildProcess(ProcessStartInfo start, string logFile, string? readyMark, Action<string> line)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.StandardOutputEncoding = Encoding.UTF8;
        start.StandardErrorEncoding = Encoding.UTF8;
        _line = line;
        _readyMark = readyMark;
        LogFile = logFile;
        _log = new StreamWriter(logFile);
        _log.WriteLine($"$ {start.FileName} {string.Join(' ', start.ArgumentList.Select(argument => argument.Contains(' ', StringComparison.Ordinal) ? $"'{argument}'" : argument))}");
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start");
        Ended = End(Task.WhenAll(Read(_process.StandardOutput), Read(_process.StandardError)));
    }

    public string LogFile { get; }

    public int Id => _process.Id;

    /// <summary>The exit code, after the last line of output.</summary>
    public Task<int> Ended { get; }

    /// <summary>The line that says that the process is ready.</summary>
    /// <exception cref="ViolationException">It ended before.</exception>
    public Task<string> Ready => _ready.Task;

    public void Stop() => Signals.Stop(_process.Id);

    public void Continue() => Signals.Continue(_process.Id);

    public void Terminate() => Signals.Terminate(_process.Id);

    public void HangUp() => Signals.HangUp(_process.Id);

    public TextWriter Input => _process.StandardInput;

    /// <summary>kill -9, and the end of the output that was written before.</summary>
    public Task Kill()
    {
        _process.Kill();
        return Ended;
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        _process.Dispose();
    }

    private async Task Read(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            lock (_writing)
            {
                _log.WriteLine(line);
                if (_readyMark is not null && line.Contains(_readyMark, StringComparison.Ordinal)) _ready.TrySetResult(line);
                _line(line);
            }
        }
    }

    private async Task<int> End(Task reading)
    {
        await reading;
        await _process.WaitForExitAsync();
        await _log.DisposeAsync();
        _ready.TrySetException(new ViolationException($"{Path.GetFileNameWithoutExtension(LogFile)} ended with exit code {_process.ExitCode} before it was ready"));
        // Not everyone waits for it to be ready.
        _ = _ready.Task.Exception;
        return _process.ExitCode;
    }
}
