using System.Diagnostics;
using Chaos.Faults;
using Chaos.Processes;
using Chaos.Running;

namespace Chaos.Requests;

/// <summary>A request host that asks for the lines of a file, and servers that answer each with itself.</summary>
internal abstract class RequestsUnderTest(RunContext run)
{
    private const string Asked = "asked ";
    private const string Answered = "> ";
    private const string Failed = "failed: ";

    private readonly Dictionary<string, long> _asked = [];

    public abstract Part Client { get; }

    public abstract IReadOnlyList<RequestServer> Servers { get; }

    /// <summary>Requests that ended without a reply.</summary>
    public int Failures { get; private set; }

    /// <summary>How long a request may take.</summary>
    public abstract TimeSpan Timeout { get; }

    /// <summary>The longest that a request took which had a reply.</summary>
    public TimeSpan Slowest { get; private set; }

    protected RunContext Run { get; } = run;

    /// <summary>What is to be started besides client and servers.</summary>
    public virtual IEnumerable<Part> Others => [];

    /// <summary>The faults that may be done to what stands between client and servers.</summary>
    public abstract IEnumerable<FaultChoice> Links { get; }

    public async Task Start()
    {
        Part[] order = [Client, .. Others, .. Servers.Select(server => server.Part)];
        Run.Random.Shuffle(order);
        foreach (var part in order) await part.Start();
    }

    /// <summary>What must hold beyond the promises to the client, when all have stopped.</summary>
    public virtual void Check()
    {
    }

    protected Part NewClient(string file, IEnumerable<string> overrides)
    {
        var numbers = Run.WriteNumbers();
        return Run.Add(new Part("client", Run.Folder, () => Programs.Host(file, "client",
        [
            $"roles.client={{ delivery = acknowledged, timeout = {Timeout.TotalMilliseconds}ms, try-timeout = 300ms, retries = 40, retry-interval = 10ms, retry-interval-max = 100ms }}",
            "roles.client={ max-in-flight = 16, linger = 200ms, reconnect-interval = 20ms, reconnect-interval-max = 100ms, outbound { capacity = 16 } }",
            $"roles.client.source={{ type = lines, text = null, count = null, interval = null, path = \"{numbers}\", print = \"{Asked}{{text}}\" }}",
            $"roles.client.handler.print=\"{Answered}{{text}}\"",
            "host.stop-when-done=on",
            "host.stop-timeout=80s",
            .. overrides,
        ]), Programs.HostReady("client")) { OnLine = OnClientLine });
    }

    /// <param name="name">Of the part.</param>
    /// <param name="file">The configuration.</param>
    /// <param name="role">In that file.</param>
    /// <param name="overrides">Where it is and how it is set.</param>
    /// <param name="onReady">Told the line that says that it is ready.</param>
    protected RequestServer NewServer(string name, string file, string role, IReadOnlyList<string> overrides, Action<string> onReady)
    {
        const string Work = "worked on ";
        var worked = new WorkedRequests();
        var part = new Part(name, Run.Folder, () => Programs.Host(file, role,
        [
            $"roles.{role}={{ once = on, linger = 200ms, handler = {{ type = echo, text = null, print = \"{Work}{{text}}\" }} }}", .. overrides,
        ]), Programs.HostReady(role))
        {
            OnReady = onReady,
            OnLine = line =>
            {
                if (line.StartsWith(Work, StringComparison.Ordinal)) worked.Add(line[Work.Length..]);
            },
            OnKilled = worked.Forget,
        };
        return new RequestServer(Run.Add(part), worked);
    }

    // Output and errors come by two threads, but all of these lines are output.
    private void OnClientLine(string line)
    {
        if (line.StartsWith(Asked, StringComparison.Ordinal)) _asked[line[Asked.Length..]] = Stopwatch.GetTimestamp();
        else if (line.StartsWith(Answered, StringComparison.Ordinal)) OnReply(line[Answered.Length..]);
        else if (line.StartsWith(Failed, StringComparison.Ordinal)) Failures++;
    }

    private void OnReply(string reply)
    {
        // Servers of examples/python put their name in front.
        var number = reply[(reply.LastIndexOf(' ') + 1)..];
        Run.Delivered.Deliver(number);
        if (_asked.TryGetValue(number, out var at) && Stopwatch.GetElapsedTime(at) is var took && took > Slowest) Slowest = took;
    }
}

/// <summary>A server, and what it worked on; null where it cannot tell.</summary>
internal sealed record RequestServer(Part Part, WorkedRequests? Worked);
