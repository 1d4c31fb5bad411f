using Actors;
using Actors.Grains;
using Actors.Transport;
using Akka.Actor;
using GrainSamples;

namespace Interop.Tests.Grains;

/// <summary>A node of grains with a gateway on the engine that is tested, at a port that the system chose.</summary>
public sealed class GatewayUnderTest : IAsyncDisposable
{
    private readonly GrainNode _node;

    private GatewayUnderTest(GrainNode node, IActorRef role, string endpoint)
    {
        _node = node;
        Role = role;
        Endpoint = endpoint;
    }

    public IActorRef Role { get; }

    public string Endpoint { get; }

    public ActorSystem System => _node.System;

    public static async Task<GatewayUnderTest> Start(Func<GatewaySettings, GatewaySettings>? options = null)
    {
        var node = await GrainNode.Start(EngineUnderTest.Config);
        var settings = new GatewaySettings { Name = "gateway", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] } };
        var role = node.System.ActorOf(GatewayRole.Props(options?.Invoke(settings) ?? settings), "gateway");
        var ready = await role.Ask<RoleReady>(WhenReady.Instance, Peers.PeerProcess.Patience);
        return new GatewayUnderTest(node, role, ready.Endpoints[0]);
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();
}
