using System.Globalization;
using System.Text.RegularExpressions;
using Chaos.Faults;
using Chaos.Network;
using Chaos.Processes;
using Chaos.Running;

namespace Chaos.Requests;

/// <summary>A client that asks a queue host, behind which are two reply hosts and examples/python/server.py.</summary>
internal sealed partial class QueuedRequests : RequestsUnderTest
{
    private const string File = "request-reply-queue.conf";
    private const string ClientLink = "client-queue";
    private const string Times = "heartbeat-interval = 30ms, heartbeat-timeout = 120ms";

    private readonly FaultProxy _toClients;
    private readonly List<(string Name, FaultProxy Link)> _toServers = [];
    private string? _counts;

    public QueuedRequests(RunContext run)
        : base(run)
    {
        Timeout = TimeSpan.FromSeconds(run.Random.Next(2) == 0 ? 3 : 20);
        var redeliver = run.Random.Next(3) == 0 ? "never" : "identified";
        _toClients = run.AddLink(ClientLink);
        Queue = run.Add(new Part("queue", run.Folder, () => Programs.Host(File, "queue",
        [
            $"roles.queue={{ timeout = {Timeout.TotalMilliseconds}ms, redeliver = {redeliver}, {Times} }}",
            "roles.queue={ clients { bind = \"tcp://127.0.0.1:0\", linger = 200ms }, servers { bind = \"tcp://127.0.0.1:0\", linger = 200ms } }",
        ]), Programs.HostReady("queue"))
        {
            OnReady = line =>
            {
                var ports = Programs.PortsIn(line);
                _toClients.ForwardTo(ports[0]);
                foreach (var (_, link) in _toServers) link.ForwardTo(ports[1]);
            },
            OnLine = line =>
            {
                if (line.Contains(" = answered ", StringComparison.Ordinal)) _counts = line;
            },
        });
        Servers = [NewHost("server1", "server-1"), NewHost("server2", "server-2"), NewPython("server3")];
        Client = NewClient(File, [$"roles.client.connect=\"{_toClients.Endpoint}\""]);
    }

    public Part Queue { get; }

    public override Part Client { get; }

    public override IReadOnlyList<RequestServer> Servers { get; }

    public override TimeSpan Timeout { get; }

    public override IEnumerable<FaultChoice> Links => FaultChoice.Of(FaultChoice.OfWire, [ClientLink, .. _toServers.Select(link => link.Name)]);

    public override IEnumerable<Part> Others => [Queue];

    /// <summary>What the queue says that became of the requests adds up, and nothing is left.</summary>
    public override void Check()
    {
        var counts = CountsLine().Match(_counts ?? throw new ViolationException("the queue host did not print its counts"));
        long Count(string name) => long.Parse(counts.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
        var ended = Count("answered") + Count("failed") + Count("lost") + Count("expired");
        if (Count("accepted") != ended) throw new ViolationException($"the queue's account does not add up when every request has ended: {_counts}");
    }

    private RequestServer NewHost(string name, string role) => NewServer(
        name, File, role,
        [$"roles.{role}={{ queue = {{ connect = \"{NewLink(name)}\", {Times} }}, reconnect-interval = 20ms, reconnect-interval-max = 100ms }}"],
        _ => { });

    private RequestServer NewPython(string name)
    {
        var endpoint = NewLink(name);
        return new RequestServer(Run.Add(new Part(name, Run.Folder, () => Programs.Python("examples", "server", endpoint, name), readyMark: null)), null);
    }

    private string NewLink(string server)
    {
        var name = $"queue-{server}";
        var link = Run.AddLink(name);
        _toServers.Add((name, link));
        return link.Endpoint;
    }

    [GeneratedRegex(@"accepted (?<accepted>\d+) = answered (?<answered>\d+) \+ failed (?<failed>\d+) \+ lost (?<lost>\d+) \+ expired (?<expired>\d+)")]
    private static partial Regex CountsLine();
}
