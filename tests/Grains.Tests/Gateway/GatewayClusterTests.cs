using Actors;
using Actors.Grains;
using Actors.TestKit;
using Actors.Transport;
using Akka.Actor;
using GrainSamples;

namespace Grains.Tests.Gateway;

/// <summary>A gateway on a node of a cluster that hosts no grains: it passes names and JSON on.</summary>
public sealed class GatewayClusterTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private GrainTestCluster _cluster = null!;
    private SimulatedNetwork _network = null!;

    private SimulatedSocket Socket => _network.Socket("gateway");

    public async Task InitializeAsync()
    {
        var nodes = 0;
        _cluster = await GrainTestCluster.StartAsync(grains => { if (nodes++ < 2) grains.Add<Counter>(); }, nodes: 3);
        var system = _cluster.Nodes[2].System;
        _network = SimulatedNetwork.Of(system);
        _network.Patience = Patience;
        var role = system.ActorOf(GatewayRole.Props(new GatewaySettings { Name = "gateway", Socket = new SocketSettings { Bind = ["tcp://*:5560"] } }));
        await role.Ask<RoleReady>(WhenReady.Instance, Patience);
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public void Results_and_errors_of_other_nodes_are_those_of_this_one()
    {
        var client = Socket.Connect();
        for (var key = 0; key < 20; key++)
        {
            Assert.Equal("00 5", Call(client, $"k{key}", "Add", "[5]"));
            Assert.Equal("00 5", Call(client, $"k{key}", "Get", "[]"));
        }
        Assert.Equal("01 failed boom", Call(client, "k0", "Fail", "[\"boom\"]"));
        Assert.StartsWith("01 unknown-method the kind \"counter\" has no method \"Multiply\": expected one of Add", Call(client, "k0", "Multiply", "[]"), StringComparison.Ordinal);
        Assert.StartsWith("01 bad-arguments counter/k0 Add: ", Call(client, "k0", "Add", "[\"x\"]"), StringComparison.Ordinal);
        Assert.StartsWith("01 bad-arguments counter/k0 Greet: a picky name has letters", Call(client, "k0", "Greet", "[{\"text\":\"\"}]"), StringComparison.Ordinal);
        Assert.StartsWith("01 failed .NET number values", Call(client, "k0", "Divide", "[1,0]"), StringComparison.Ordinal);
        Assert.StartsWith("01 unknown-method ", Call(client, "k0", "(reminder)", "[\"name\",\"2026-01-01T00:00:00Z\"]"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_repeated_call_gets_the_first_result_from_the_other_node()
    {
        var client = Socket.Connect();
        for (var tries = 0; tries < 3; tries++)
        {
            client.Send(CallWriter.Full(1, "counter", "once", "Add", "[5]"));
            Assert.Equal("00 5", Answer(client.Expect(), 1));
        }
    }

    [Fact]
    public async Task The_bare_call_of_a_client_that_has_gone_is_cancelled_on_the_node_that_works_on_it()
    {
        var client = Socket.Connect();
        client.Send(CallWriter.Bare("counter", "cancelled elsewhere", "Wait", "[]"));
        await WaitGate.Of("cancelled elsewhere").Begun.Task.WaitAsync(Patience);
        client.Disconnect("the client left");
        await WaitGate.Of("cancelled elsewhere").Cancelled.Task.WaitAsync(Patience);
    }

    private static string Call(SimulatedPeer client, string key, string method, string arguments)
    {
        client.Send(CallWriter.Bare("counter", key, method, arguments));
        return Answer(client.Expect(), 0);
    }

    private static string Answer(Message answer, int delimiter) =>
        string.Join(" ", Enumerable.Range(delimiter + 1, answer.FrameCount - delimiter - 1).Select(frame => frame == delimiter + 1 ? Convert.ToHexString(answer[frame].Span) : answer.Text(frame)));
}
