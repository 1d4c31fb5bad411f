using System.Diagnostics;
using System.Text;
using System.Threading.Channels;
using Xunit.Abstractions;

namespace Interop.Tests.Peers;

/// <summary>A real process whose lines of output the tests wait for.</summary>
public abstract class PeerProcess : IAsyncDisposable
{
    /// <summary>Long, because the machine may be slow; a test that passes never waits so long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _seen = [];
    private readonly ITestOutputHelper _log;
    private readonly Task _reading;

    protected PeerProcess(string name, ITestOutputHelper log, ProcessStartInfo start)
    {
        Name = name;
        _log = log;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        start.StandardOutputEncoding = Encoding.UTF8;
        start.StandardErrorEncoding = Encoding.UTF8;
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start");
        _reading = Task.WhenAll(Read(_process.StandardOutput), Read(_process.StandardError)).ContinueWith(_ => _lines.Writer.TryComplete(), TaskScheduler.Default);
    }

    public string Name { get; }

    protected int Id => _process.Id;

    /// <summary>The number of the process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>The processor time that it has used so far.</summary>
    public TimeSpan ProcessorTime()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    /// <summary>The lines that <see cref="Expect"/> has read so far.</summary>
    public IReadOnlyList<string> Seen => _seen;

    /// <summary>The next line that contains <paramref name="text"/>; lines before it are passed over.</summary>
    /// <exception cref="TimeoutException">It did not come; the message shows what came instead.</exception>
    public async Task<string> Expect(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            while (true)
            {
                var line = await _lines.Reader.ReadAsync(patience.Token);
                _seen.Add(line);
                if (line.Contains(text, StringComparison.Ordinal)) return line;
            }
        }
        catch (Exception cause) when (cause is OperationCanceledException or ChannelClosedException)
        {
            var why = cause is OperationCanceledException ? $"within {Patience.TotalSeconds} s" : $"before it ended{(_process.HasExited ? $" with exit code {_process.ExitCode}" : "")}";
            throw new TimeoutException($"{Name} did not print \"{text}\" {why}. It printed:{Environment.NewLine}{string.Join(Environment.NewLine, _seen)}");
        }
    }

    /// <summary>Waits for the end; the lines that were not expected yet.</summary>
    public async Task<(int ExitCode, IReadOnlyList<string> Lines)> End()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{Name} did not end within {Patience.TotalSeconds} s. It printed:{Environment.NewLine}{string.Join(Environment.NewLine, _seen)}");
        }
        await _reading;
        var rest = new List<string>();
        while (_lines.Reader.TryRead(out var line)) rest.Add(line);
        return (_process.ExitCode, rest);
    }

    /// <summary>After <see cref="Kill"/>: the lines that were not expected.</summary>
    public IReadOnlyList<string> Rest { get; private set; } = [];

    /// <summary>kill -9, and waits until the process is gone.</summary>
    public async Task Kill()
    {
        if (!_process.HasExited) _process.Kill();
        Rest = (await End()).Lines;
    }

    /// <summary>Asks the process to end, as Ctrl-C's sibling SIGTERM does.</summary>
    public void Terminate() => Signal("TERM");

    /// <summary>Sends a signal, for example <c>HUP</c>.</summary>
    public void Signal(string name) => Process.Start("kill", [$"-{name}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();

    public async Task WriteLine(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    public void CloseInput() => _process.StandardInput.Close();

    public async ValueTask DisposeAsync()
    {
        await Kill();
        _process.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task Read(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            try
            {
                _log.WriteLine($"{Name}: {line}");
            }
            catch (InvalidOperationException)
            {
                // The test has ended, and with it its log; the line is still handed on.
            }
            _lines.Writer.TryWrite(line);
        }
    }
}
