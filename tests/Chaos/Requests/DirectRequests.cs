using Chaos.Faults;
using Chaos.Processes;
using Chaos.Running;

namespace Chaos.Requests;

/// <summary>A client that connects to each of two servers, and retries at the other.</summary>
internal sealed class DirectRequests : RequestsUnderTest
{
    private const string File = "request-reply.conf";

    private readonly List<string> _links = [];

    public DirectRequests(RunContext run)
        : base(run)
    {
        var endpoints = new List<string>();
        Servers = [NewServer("server1", endpoints), NewServer("server2", endpoints)];
        Client = NewClient(File, [$"roles.client.connect=[{string.Join(", ", endpoints)}]"]);
    }

    public override Part Client { get; }

    public override IReadOnlyList<RequestServer> Servers { get; }

    public override TimeSpan Timeout => TimeSpan.FromSeconds(20);

    public override IEnumerable<FaultChoice> Links => FaultChoice.Of(FaultChoice.OfWire, [.. _links]);

    private RequestServer NewServer(string name, List<string> endpoints)
    {
        var linkName = $"client-{name}";
        var link = Run.AddLink(linkName);
        _links.Add(linkName);
        endpoints.Add($"\"{link.Endpoint}\"");
        return NewServer(name, File, "server", ["roles.server.bind=\"tcp://127.0.0.1:0\""], line => link.ForwardTo(Programs.PortIn(line)));
    }
}
