using System.Diagnostics;
using System.Globalization;
using Chaos.Handlers;
using Chaos.Network;
using Chaos.Processes;
using Chaos.Running;

namespace Chaos.Pipeline;

/// <summary>The processes of a pipeline: a push host that sends the lines of a file, workers, and a pull host that prints.</summary>
internal sealed class PipelineUnderTest
{
    public const string PushLink = "push-worker";
    public const string PullLink = "worker-pull";
    private const string Printed = "> ";
    private const string PythonBound = "bound ";

    // Long enough that a host which stops when it is done does so with every task acknowledged.
    private static readonly TimeSpan PushStopTimeout = TimeSpan.FromSeconds(80);

    private readonly RunContext _run;
    private readonly PipelineShape _shape;
    private readonly FaultProxy? _pushLink;
    private readonly FaultProxy? _pullLink;
    private string _pushEndpoint = "";
    private string _pullEndpoint = "";

    public PipelineUnderTest(RunContext run, PipelineShape shape)
    {
        _run = run;
        _shape = shape;
        if (shape.Proxied)
        {
            _pushLink = run.AddLink(PushLink);
            _pullLink = run.AddLink(PullLink);
            _pushEndpoint = _pushLink.Endpoint;
            _pullEndpoint = _pullLink.Endpoint;
        }
        Push = run.Add(new Part("push", run.Folder, PushProgram(), shape.PythonSource ? PythonBound : ReadyMark("push"))
        {
            StopTimeout = PushStopTimeout,
            OnReady = line => Bound(line, _pushLink, ref _pushEndpoint),
            OnLine = Counts.OnPushLine,
        });
        Pull = run.Add(new Part("pull", run.Folder, PullProgram, shape.PythonSink ? PythonBound : ReadyMark("pull"))
        {
            OnReady = line => Bound(line, _pullLink, ref _pullEndpoint),
            OnLine = OnPullLine,
            OnKilled = () => PullKills++,
            // What it had in hand is worked on, and only what it remembers without a journal goes with it.
            OnStopped = stop =>
            {
                if (stop.ExitCode == 0) PullStops++;
                else PullKills++;
            },
        });
        var workers = Enumerable.Range(1, shape.Workers).Select(NewWorker).Concat(Enumerable.Range(shape.Workers + 1, shape.PythonWorkers).Select(NewPythonWorker));
        Workers = [.. workers.Select(run.Add)];
    }

    public Part Push { get; }

    public Part Pull { get; }

    public IReadOnlyList<Part> Workers { get; }

    public PipelineShape Shape => _shape;

    /// <summary>What the hosts have printed about their accounts.</summary>
    public PipelineCounts Counts { get; } = new();

    /// <summary>How often the pull host was killed.</summary>
    public int PullKills { get; private set; }

    /// <summary>How often the pull host has stopped in order and left nothing.</summary>
    public int PullStops { get; private set; }

    private bool IsAcknowledged => _shape.Ends == PipelineEnds.Acknowledged;

    private bool IsLibzmq => _shape.Ends == PipelineEnds.Libzmq;

    private string File => IsAcknowledged ? "pipeline-acknowledged.conf" : "pipeline.conf";

    private string ReadyMark(string role) => IsLibzmq ? PythonBound : Programs.HostReady(role);

    /// <summary>Starts the parts in an order of the run's choice; bound ends first where nothing stands in front of them.</summary>
    public async Task Start()
    {
        var order = Workers.Concat([Push, Pull]).ToArray();
        _run.Random.Shuffle(order);
        if (!_shape.Proxied) order = [Pull, Push, .. Workers];
        foreach (var part in order) await part.Start();
    }

    private void OnPullLine(string line)
    {
        if (Counts.PayloadIn(line) is { } payload) _run.Delivered.Deliver(payload);
        else if (line.StartsWith(Printed, StringComparison.Ordinal)) _run.Delivered.Deliver(line[Printed.Length..].TrimStart());
        else Counts.OnPullLine(line);
    }

    private static void Bound(string line, FaultProxy? link, ref string endpoint)
    {
        var port = Programs.PortIn(line);
        if (link is null) endpoint = string.Create(CultureInfo.InvariantCulture, $"tcp://127.0.0.1:{port}");
        else link.ForwardTo(port);
    }

    private Func<ProcessStartInfo> PushProgram()
    {
        if (IsLibzmq) return () => Programs.Python("peers", "push", Text(_run.Messages));
        // Its payloads are a text, which is empty here, a space and the number.
        if (_shape.PythonSource) return () => Programs.Python("examples", "source", "tcp://127.0.0.1:*", Text(_run.Messages), "");
        var numbers = _run.WriteNumbers();
        return () => Programs.Host(File, "push",
        [
            $"roles.push={{ bind = \"tcp://127.0.0.1:0\", linger = 200ms, source = {{ type = lines, text = null, interval = null, print = null, path = \"{numbers}\" }} }}",
            // What the socket of a plain host holds would end with it, so that one stays.
            .. IsAcknowledged ? ["host.stop-when-done=on", $"host.stop-timeout={PushStopTimeout.TotalSeconds}s", .. Journal("push", _shape.PushJournal), .. Times("push", sending: true, receiving: false)] : Array.Empty<string>(),
        ]);
    }

    private ProcessStartInfo PullProgram()
    {
        if (IsLibzmq) return Programs.Python("peers", "pull");
        if (_shape.PythonSink) return Programs.Python("examples", "sink", "tcp://127.0.0.1:*");
        return Programs.Host(File, "pull",
        [
            "roles.pull={ bind = \"tcp://127.0.0.1:0\", linger = 200ms }",
            $"roles.pull.handler.print=\"{Printed}{{text}}\"",
            .. Journal("pull", _shape.PullJournal),
            .. Times("pull", sending: false, receiving: true),
        ]);
    }

    private Part NewWorker(int number) => IsLibzmq
        ? new($"worker{number}", _run.Folder, () => Programs.Python("peers", "work", _pushEndpoint, _pullEndpoint, Text(_shape.WorkMicroseconds)), "connected")
        : new($"worker{number}", _run.Folder, WorkerHost, Programs.HostReady("worker")) { OnLine = Counts.OnWorkerLine };

    private Part NewPythonWorker(int number) => new($"worker{number}", _run.Folder, () => Programs.Python("examples", "worker", _pushEndpoint, _pullEndpoint), readyMark: null);

    private ProcessStartInfo WorkerHost()
    {
        var handler = _shape.WorkMicroseconds == 0
            ? "roles.worker.handler.print=null"
            : $"roles.worker.handler={{ type = \"{typeof(SlowEchoHandler).FullName}\", print = null, assembly = \"{typeof(SlowEchoHandler).Assembly.Location}\" }}";
        var start = Programs.Host(File, "worker",
        [
            $"roles.worker.pull={Connect(_pushEndpoint)}", $"roles.worker.push={Connect(_pullEndpoint)}", handler,
            .. Times("worker", sending: true, receiving: true),
        ]);
        start.Environment[SlowEchoHandler.Microseconds] = Text(_shape.WorkMicroseconds);
        return start;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Connect(string endpoint) => $"{{ connect = \"{endpoint}\", linger = 200ms, reconnect-interval = 20ms, reconnect-interval-max = 100ms }}";

    private IEnumerable<string> Journal(string role, bool kept) => kept
        ? [$"roles.{role}.journal=sqlite", $"roles.{role}.journal-file=\"{Path.Combine(_run.Folder, $"{role}.journal")}\"", $"roles.{role}.journal-sync={_shape.JournalSync}"]
        : [];

    private IEnumerable<string> Times(string role, bool sending, bool receiving)
    {
        if (!IsAcknowledged || _shape.Times is not { } times) yield break;
        yield return Set("heartbeat-interval", $"{times.HeartbeatMilliseconds}ms");
        yield return Set("heartbeat-timeout", $"{times.SilenceMilliseconds}ms");
        if (sending) yield return Set("task-deadline", $"{times.DeadlineMilliseconds}ms");
        if (sending) yield return Set("max-tries", Text(times.MaxTries));
        if (receiving) yield return Set("credit", Text(times.Credit));
        string Set(string key, string value) => $"roles.{role}.acknowledged.{key}={value}";
    }
}
