using System.Globalization;
using System.Net.Sockets;
using Actors.Shared;
using Chaos.Faults;
using Chaos.Network;
using Chaos.Processes;
using Chaos.Running;

namespace Chaos.Grains;

/// <summary>Nodes of grains with a gateway each, the links between them and to their gateways, and their database.</summary>
internal sealed class ClusterUnderTest : IDisposable
{
    /// <summary>As a target of a fault: the node that has been up for the longest time, which has the coordinator.</summary>
    public const string Oldest = "oldest";

    /// <summary>As a target of a fault.</summary>
    public const string Database = "database";

    private readonly RunContext _run;
    private readonly List<ClusterNode> _nodes = [];
    private readonly CallLedger _ledger;
    private readonly ClientId _client;
    private TaskCompletionSource _changed = New();
    private TaskCompletionSource _undivided = New();

    public ClusterUnderTest(RunContext run, CallLedger ledger, int nodes)
    {
        _run = run;
        _ledger = ledger;
        var id = new byte[16];
        run.Random.NextBytes(id);
        _client = new ClientId(id);
        _undivided.SetResult();
        Postgres = PostgresServer.Start();
        for (var i = 1; i <= nodes; i++) Add($"node{i}", nodes);
        Client = new GatewayClient(_client, _nodes.Select(node => node.GatewayLink.Endpoint), ledger.Take);
    }

    public PostgresServer Postgres { get; }

    public GatewayClient Client { get; }

    public IReadOnlyList<ClusterNode> Nodes => _nodes;

    /// <summary>The gateways, and the proxies inside of each node.</summary>
    public IReadOnlyList<ICallWay> Ways => [.. Client.Ways, .. _nodes.Select(node => new ProxyWay(node.Part, _client))];

    public async Task Start()
    {
        await CommitHistory.Begin(Postgres);
        await Task.WhenAll(_nodes.Select(node => node.Part.Start()));
        await Whole();
    }

    /// <summary>Ends when every node runs and sees all others.</summary>
    public async Task Whole()
    {
        while (true)
        {
            Task changed;
            lock (_nodes)
            {
                if (_nodes.All(node => node.Sees == WholeCluster)) return;
                changed = _changed.Task;
            }
            await changed;
        }
    }

    /// <summary>Does a fault, undoes it after its time, and waits until the cluster is whole again.</summary>
    public async Task Do(Fault fault, CancellationToken stop)
    {
        if (fault.Target == Database) await OfDatabase(fault, stop);
        else await OfNode(fault, fault.Target == Oldest ? _nodes.MinBy(node => node.UpSince)! : _nodes.Single(node => node.Part.Name == fault.Target), stop);
        var whole = Whole();
        await _run.Expect(whole, $"the cluster is not whole again after {fault} (it was {string.Join("; ", _nodes.Select(node => $"{node.Part.Name}: {node.Sees ?? "down"}"))})");
    }

    public void Dispose()
    {
        Client.Dispose();
        Postgres.Dispose();
    }

    private string WholeCluster => string.Create(CultureInfo.InvariantCulture, $"{_nodes.Count} of {_nodes.Count}, unreachable 0");

    private void Add(string name, int nodes)
    {
        var link = _run.AddLink($"{name}-cluster");
        var gateway = _run.AddLink($"{name}-gateway");
        ClusterNode? node = null;
        var part = _run.Add(new Part(
            name,
            _run.Folder,
            () =>
            {
                var port = FreePort.Next();
                link.ForwardTo(port);
                return NodeProgram.Start(new NodeSettings
                {
                    Name = string.Create(CultureInfo.InvariantCulture, $"{name}-{node!.Part.Starts}"),
                    Nodes = nodes,
                    Port = port,
                    PublicPort = Programs.PortIn(link.Endpoint),
                    Seeds = [.. _nodes.Select(one => one.Link.Endpoint["tcp://".Length..])],
                    Database = Postgres.ConnectionString,
                    RecentCalls = GrainScenario.RecentCalls,
                    Engine = Programs.Engine,
                });
            },
            NodeProgram.Ready)
        {
            OnReady = line =>
            {
                gateway.ForwardTo(Programs.PortIn(line));
                node!.UpSince = _run.Elapsed;
            },
            OnLine = line => OnLine(node!, line),
            OnKilled = () => See(node!, null),
            StopTimeout = TimeSpan.FromSeconds(40),
            Supervised = true,
            MayStartAgain = () => _undivided.Task,
        });
        node = new ClusterNode(part, link, gateway);
        link.SourceOf = SourceOf;
        _nodes.Add(node);
    }

    private void OnLine(ClusterNode node, string line)
    {
        if (line.StartsWith(NodeProgram.Members, StringComparison.Ordinal)) See(node, line[NodeProgram.Members.Length..]);
        if (!line.StartsWith(ProxyServer.Answer, StringComparison.Ordinal)) return;
        var (call, answer) = ProxyWay.Read(line);
        _ledger.Take(_client.NumberOf(call), answer);
    }

    private void See(ClusterNode node, string? members)
    {
        lock (_nodes)
        {
            node.Sees = members;
            _changed.TrySetResult();
            _changed = New();
        }
    }

    private async Task OfNode(Fault fault, ClusterNode node, CancellationToken stop)
    {
        switch (fault.Kind)
        {
            case FaultKind.Kill:
                await node.Part.Kill();
                await Last(fault, stop);
                await node.Part.Start();
                break;
            case FaultKind.Freeze:
                await node.Part.Freeze();
                await Last(fault, stop);
                await node.Part.Thaw();
                break;
            case FaultKind.Terminate:
                await node.Part.StopInOrder(StopSignal.Terminate, again: null);
                await Last(fault, stop);
                await node.Part.Start();
                break;
            case FaultKind.Partition:
                _undivided = New();
                Divide(node, true);
                await Last(fault, stop);
                Divide(node, false);
                _undivided.SetResult();
                break;
            default: throw new InvalidOperationException($"{fault.Kind} is not done to a node");
        }
    }

    private async Task OfDatabase(Fault fault, CancellationToken stop)
    {
        await Task.Run(fault.Kind == FaultKind.Kill ? Postgres.Kill : Postgres.Stop, CancellationToken.None);
        await Last(fault, stop);
        await Task.Run(Postgres.StartAgain, CancellationToken.None);
    }

    private void Divide(ClusterNode node, bool on)
    {
        foreach (var other in _nodes.Where(other => other != node))
        {
            other.Link.Stall(node.Part.Name, on);
            node.Link.Stall(other.Part.Name, on);
        }
    }

    private string? SourceOf(Socket connection)
    {
        var running = _nodes.Where(node => node.Part.ProcessId is not null).ToDictionary(node => node.Part.ProcessId!.Value, node => node.Part.Name);
        return ConnectionOwner.Of(connection, running.Keys) is { } process ? running[process] : null;
    }

    private static async Task Last(Fault fault, CancellationToken stop)
    {
        try
        {
            await Task.Delay(fault.For, stop);
        }
        catch (OperationCanceledException)
        {
            // The run is over; the fault is undone now.
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>A node, the link by which other nodes reach it, and the link to its gateway.</summary>
internal sealed class ClusterNode(Part part, FaultProxy link, FaultProxy gatewayLink)
{
    public Part Part => part;

    public FaultProxy Link => link;

    public FaultProxy GatewayLink => gatewayLink;

    /// <summary>When it was last ready, in the time of the run.</summary>
    public TimeSpan UpSince { get; set; }

    /// <summary>How many members it sees, as it prints it; null while it does not run.</summary>
    public string? Sees { get; set; }
}
