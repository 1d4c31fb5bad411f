using Akka.Actor;
using Akka.Configuration;

namespace Remoting.Tests.Nodes;

/// <summary>An actor system that others reach.</summary>
internal sealed class Node(ActorSystem system) : IAsyncDisposable
{
    public ActorSystem System => system;

    public Address Address { get; } = ((ExtendedActorSystem)system).Provider.DefaultAddress;

    public int Port => Address.Port!.Value;

    /// <param name="carrier">The transport.</param>
    /// <param name="settings">Lines of the transport's section, such as "port = 4711"; without a port, the system chooses one.</param>
    /// <param name="further">Further configuration.</param>
    /// <param name="name">Of the actor system.</param>
    public static Node Start(Carrier carrier, string settings = "", string further = "", string name = "node")
    {
        var config = ConfigurationFactory.ParseString($$"""
            {{further}}
            {{carrier.Section()}} {
              hostname = "127.0.0.1"
              port = 0
              {{(carrier == Carrier.Inproc ? "transport = inproc" : "")}}
              {{settings}}
            }
            """).WithFallback(ConfigurationFactory.ParseString($$"""
            akka {
              loglevel = WARNING
              stdout-loglevel = OFF
              actor.provider = remote
              # Of the tests only: a slow machine must not turn a node away, and no test waits for five seconds.
              remote.retry-gate-closed-for = 300ms
              remote.enabled-transports = ["{{carrier.Section()}}"]
            }
            {{(carrier == Carrier.Netty ? "" : "akka.remote.zmq.transport-class = \"Actors.Remoting.ZmqTransport, Actors.Remoting\"")}}
            """));
        return new Node(ActorSystem.Create(name, config));
    }

    /// <summary>An actor of this node by the name that other nodes know.</summary>
    public string PathOf(string actor) => $"{Address}/user/{actor}";

    /// <summary>Finds an actor of another node.</summary>
    public Task<IActorRef> Find(Node other, string actor) => System.ActorSelection(other.PathOf(actor)).ResolveOne(Patience.Limit);

    public async ValueTask DisposeAsync() => await system.Terminate().ConfigureAwait(false);
}
