using System.Diagnostics;
using System.Globalization;
using Chaos.Handlers;
using Chaos.Network;
using Chaos.Processes;
using Chaos.Running;

namespace Chaos.Pipeline;

/// <summary>
/// A push host, a worker host and a pull host of plain roles, which are stopped in order and started again. Each push host goes
/// on with the first line that none before it has taken.
/// </summary>
internal sealed class StoppedPipeline
{
    private const string File = "pipeline.conf";
    private const string Taken = "taken ";
    private const string Printed = "> ";
    private const string Socket = "linger = 30s, reconnect-interval = 20ms, reconnect-interval-max = 100ms, send-high-water-mark = 100, receive-high-water-mark = 100";

    // So large that the buffers of the system do not hold the whole run.
    private static readonly string Padding = new('.', 2000);

    private readonly RunContext _run;
    private readonly FaultProxy _pushLink;
    private readonly FaultProxy _pullLink;
    private readonly int _microseconds;

    public StoppedPipeline(RunContext run)
    {
        _run = run;
        _pushLink = run.AddLink(PipelineUnderTest.PushLink);
        _pullLink = run.AddLink(PipelineUnderTest.PullLink);
        _microseconds = Pick(0, 30, 300);
        Workers = run.Random.Next(1, 4);
        var push = Pick(300, 5000);
        var worker = Pick(300, 5000);
        var pull = Pick(300, 5000);
        Push = run.Add(new Part("push", run.Folder, () => PushHost(push), Programs.HostReady("push"))
        {
            StopTimeout = TimeSpan.FromMilliseconds(push),
            OnReady = line => _pushLink.ForwardTo(Programs.PortIn(line)),
            OnLine = OnPushLine,
            OnStopped = Remember,
        });
        Worker = run.Add(new Part("worker", run.Folder, () => WorkerHost(worker), Programs.HostReady("worker"))
        {
            StopTimeout = TimeSpan.FromMilliseconds(worker),
            OnLine = Counts.OnWorkerLine,
            OnStopped = Remember,
        });
        Pull = run.Add(new Part("pull", run.Folder, () => PullHost(pull), Programs.HostReady("pull"))
        {
            StopTimeout = TimeSpan.FromMilliseconds(pull),
            OnReady = line => _pullLink.ForwardTo(Programs.PortIn(line)),
            OnLine = OnPullLine,
            OnStopped = Remember,
        });
    }

    public Part Push { get; }

    public Part Worker { get; }

    public Part Pull { get; }

    public int Workers { get; }

    /// <summary>Lines that a push host has taken.</summary>
    public int Accepted { get; private set; }

    /// <summary>What is wrong with what the push hosts have taken; null when each line was taken once, in order.</summary>
    public string? Fault { get; private set; }

    public PipelineCounts Counts { get; } = new();

    /// <summary>Whether a host that receives said that it could not work on everything; a push host says how much it did not send.</summary>
    public bool ReceiverCutShort { get; private set; }

    /// <summary>Whether any host said that something was left.</summary>
    public bool CutShort { get; private set; }

    public async Task Start()
    {
        Part[] order = [Push, Worker, Pull];
        _run.Random.Shuffle(order);
        foreach (var part in order) await part.Start();
    }

    private void Remember(OrderlyStop stop)
    {
        if (stop.ExitCode == 0) return;
        CutShort = true;
        ReceiverCutShort |= stop.Part != Push.Name;
    }

    private void OnPushLine(string line)
    {
        if (!line.StartsWith(Taken, StringComparison.Ordinal))
        {
            Counts.OnWorkerLine(line);
            return;
        }
        var number = Number(line[Taken.Length..]);
        if (number != Accepted) Fault ??= $"the push host took line {number}: expected {Accepted}";
        Accepted++;
    }

    private void OnPullLine(string line)
    {
        if (line.StartsWith(Printed, StringComparison.Ordinal)) _run.Delivered.Deliver(line[Printed.Length..].Split(' ')[0]);
        else Counts.OnWorkerLine(line);
    }

    /// <summary>The host that stops when it is done with the lines that are left.</summary>
    private ProcessStartInfo PushHost(int stopTimeout)
    {
        var path = Path.Combine(_run.Folder, $"from-{Accepted}.txt");
        System.IO.File.WriteAllLines(path, Enumerable.Range(Accepted, _run.Messages - Accepted).Select(number => $"{Text(number)} {Padding}"));
        return Programs.Host(File, "push",
        [
            $"roles.push={{ bind = \"tcp://127.0.0.1:0\", {Socket}, outbound {{ capacity = 100 }}, source = {{ type = lines, text = null, interval = null, print = \"{Taken}{{text}}\", path = \"{path}\" }} }}",
            "host.stop-when-done=on", StopTimeout(stopTimeout),
        ]);
    }

    private ProcessStartInfo WorkerHost(int stopTimeout)
    {
        var start = Programs.Host(File, "worker",
        [
            $"roles.worker={{ workers = {Text(Workers)}, pull {{ connect = \"{_pushLink.Endpoint}\", {Socket} }}, push {{ connect = \"{_pullLink.Endpoint}\", {Socket} }} }}",
            $"roles.worker.handler={{ type = \"{typeof(SlowEchoHandler).FullName}\", print = null, assembly = \"{typeof(SlowEchoHandler).Assembly.Location}\" }}",
            StopTimeout(stopTimeout),
        ]);
        start.Environment[SlowEchoHandler.Microseconds] = Text(_microseconds);
        return start;
    }

    private ProcessStartInfo PullHost(int stopTimeout) => Programs.Host(File, "pull",
    [
        $"roles.pull={{ bind = \"tcp://127.0.0.1:0\", {Socket}, handler {{ print = \"{Printed}{{text}}\" }} }}", StopTimeout(stopTimeout),
    ]);

    private static string StopTimeout(int milliseconds) => $"host.stop-timeout={Text(milliseconds)}ms";

    private int Pick(params int[] choices) => choices[_run.Random.Next(choices.Length)];

    private static int Number(string text) => int.Parse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
