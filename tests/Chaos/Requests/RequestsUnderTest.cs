using Chaos.Network;
using Chaos.Processes;
using Chaos.Running;

namespace Chaos.Requests;

/// <summary>A request host that asks for the lines of a file, and two reply hosts that answer each with itself, once.</summary>
internal sealed class RequestsUnderTest
{
    private const string File = "request-reply.conf";
    private const string Answered = "> ";
    private const string Failed = "failed: ";
    private const string Worked = "worked on ";

    private readonly RunContext _run;

    public RequestsUnderTest(RunContext run)
    {
        _run = run;
        Servers = [NewServer("server1"), NewServer("server2")];
        var endpoints = string.Join(", ", Servers.Select(server => $"\"{server.Link.Endpoint}\""));
        var numbers = run.WriteNumbers();
        Client = run.Add(new Part("client", run.Folder, () => Programs.Host(File, "client",
        [
            $"roles.client={{ connect = [{endpoints}], delivery = acknowledged, timeout = 20s, try-timeout = 300ms, retries = 40, retry-interval = 10ms, retry-interval-max = 100ms }}",
            "roles.client={ max-in-flight = 16, linger = 200ms, reconnect-interval = 20ms, reconnect-interval-max = 100ms }",
            $"roles.client.source={{ type = lines, text = null, count = null, path = \"{numbers}\" }}",
            $"roles.client.handler.print=\"{Answered}{{text}}\"",
            "host.stop-timeout=80s",
        ]), Programs.HostReady("client")) { OnLine = OnClientLine });
    }

    public Part Client { get; }

    public IReadOnlyList<RequestServer> Servers { get; }

    /// <summary>Requests that ended without a reply.</summary>
    public int Failures { get; private set; }

    public static string LinkOf(string server) => $"client-{server}";

    public async Task Start()
    {
        Part[] order = [Client, .. Servers.Select(server => server.Part)];
        _run.Random.Shuffle(order);
        foreach (var part in order) await part.Start();
    }

    private void OnClientLine(string line)
    {
        if (line.StartsWith(Answered, StringComparison.Ordinal)) _run.Delivered.Deliver(line[Answered.Length..]);
        else if (line.StartsWith(Failed, StringComparison.Ordinal)) Failures++;
    }

    private RequestServer NewServer(string name)
    {
        var link = _run.AddLink(LinkOf(name));
        var worked = new WorkedRequests();
        var part = new Part(name, _run.Folder, () => Programs.Host(File, "server",
        [
            "roles.server={ bind = \"tcp://127.0.0.1:0\", once = on, linger = 200ms }",
            $"roles.server.handler={{ type = echo, text = null, print = \"{Worked}{{text}}\" }}",
        ]), Programs.HostReady("server"))
        {
            OnReady = line => link.ForwardTo(Programs.PortIn(line)),
            OnLine = line =>
            {
                if (line.StartsWith(Worked, StringComparison.Ordinal)) worked.Add(line[Worked.Length..]);
            },
            OnKilled = worked.Forget,
        };
        return new RequestServer(_run.Add(part), link, worked);
    }
}

/// <summary>A reply host, the link in front of it, and what it worked on.</summary>
internal sealed record RequestServer(Part Part, FaultProxy Link, WorkedRequests Worked);

/// <summary>What a reply host worked on. Safe for concurrent use.</summary>
internal sealed class WorkedRequests
{
    private readonly HashSet<string> _requests = [];
    private readonly Lock _state = new();

    /// <summary>How often it worked, over all its processes.</summary>
    public int Total { get; private set; }

    /// <summary>A request that one process worked on twice; null when there is none.</summary>
    public string? Twice { get; private set; }

    public void Add(string request)
    {
        lock (_state)
        {
            Total++;
            if (!_requests.Add(request)) Twice ??= request;
        }
    }

    /// <summary>The process is killed, and what it remembers goes with it.</summary>
    public void Forget()
    {
        lock (_state) _requests.Clear();
    }
}
