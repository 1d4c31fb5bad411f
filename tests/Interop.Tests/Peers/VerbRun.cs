using System.Text;
using System.Threading.Channels;
using Actors.Host;
using Actors.Host.Commands;
using Xunit.Abstractions;

namespace Interop.Tests.Peers;

/// <summary>A verb of the tool, run in this process, whose lines the tests wait for.</summary>
internal sealed class VerbRun : IAsyncDisposable
{
    private readonly Lines _lines;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<int> _run;

    private VerbRun(ITestOutputHelper log, string[] arguments)
    {
        _lines = new Lines(log, arguments[0]);
        var writer = TextWriter.Synchronized(_lines);
        _run = Task.Run(() => CommandLine.Invoke(arguments, new ToolInvocation { Output = writer, Error = writer }, _stop.Token));
    }

    public static VerbRun Start(ITestOutputHelper log, params string[] arguments) => new(log, arguments);

    /// <summary>Runs a verb that ends by itself, and returns its exit code and its lines.</summary>
    public static async Task<(int Code, IReadOnlyList<string> Lines)> ToEnd(ITestOutputHelper log, params string[] arguments)
    {
        await using var run = Start(log, arguments);
        var code = await run.End();
        return (code, run._lines.All());
    }

    /// <summary>The next line that has the text.</summary>
    public async Task<string> Expect(string text)
    {
        using var patience = new CancellationTokenSource(PeerProcess.Patience);
        try
        {
            while (true)
            {
                var line = await _lines.Reader.ReadAsync(patience.Token);
                if (line.Contains(text, StringComparison.Ordinal)) return line;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"no line with \"{text}\" came; these came: {string.Join(Environment.NewLine, _lines.All())}");
        }
    }

    /// <summary>All lines so far.</summary>
    public IReadOnlyList<string> Seen => _lines.All();

    /// <summary>Ctrl-C; returns the exit code.</summary>
    public async Task<int> Stop()
    {
        await _stop.CancelAsync();
        return await End();
    }

    public Task<int> End() => _run.WaitAsync(PeerProcess.Patience);

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _stop.Dispose();
    }

    private sealed class Lines(ITestOutputHelper log, string name) : TextWriter
    {
        private readonly Channel<string> _channel = Channel.CreateUnbounded<string>();
        private readonly List<string> _all = [];
        private readonly StringBuilder _line = new();

        public ChannelReader<string> Reader => _channel.Reader;

        public override Encoding Encoding => Encoding.UTF8;

        public IReadOnlyList<string> All()
        {
            lock (_all) return [.. _all];
        }

        public override void Write(char value)
        {
            if (value != '\n')
            {
                _line.Append(value);
                return;
            }
            var line = _line.ToString().TrimEnd('\r');
            _line.Clear();
            lock (_all) _all.Add(line);
            try
            {
                log.WriteLine($"{name}: {line}");
            }
            catch (InvalidOperationException)
            {
                // The test has ended.
            }
            _channel.Writer.TryWrite(line);
        }
    }
}
