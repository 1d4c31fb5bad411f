using System.Text;
using Actors;
using Actors.Grains;
using Actors.TestKit;
using Actors.Transport;
using Akka.Actor;
using GrainSamples;

namespace Grains.Tests.Gateway;

/// <summary>What tests of the gateway share: a node with counters, and a gateway on simulated sockets.</summary>
public abstract class GatewayTests : IAsyncLifetime
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);


    private protected GrainNode Node { get; private set; } = null!;

    protected SimulatedNetwork Network { get; private set; } = null!;

    protected IActorRef Role { get; private set; } = null!;

    protected SimulatedSocket Socket => Network.Socket("gateway");

    /// <summary>Another one for each test.</summary>
    protected string Key { get; } = $"key-{Guid.NewGuid():N}";

    protected virtual GatewaySettings Settings => new() { Name = "gateway", Socket = new SocketSettings { Bind = ["tcp://*:5560"] } };

    public async Task InitializeAsync()
    {
        Node = await GrainNode.Start();
        Network = SimulatedNetwork.Of(Node.System);
        Network.Patience = Patience;
        Role = Node.System.ActorOf(GatewayRole.Props(Settings), "gateway");
        await Role.Ask<RoleReady>(WhenReady.Instance, Patience);
    }

    public async Task DisposeAsync() => await Node.DisposeAsync();

    /// <summary>A bare call of a client that waits for its answer, as texts.</summary>
    protected string Call(SimulatedPeer client, string kind, string key, string method, string arguments)
    {
        client.Send(CallWriter.Bare(kind, key, method, arguments));
        return Answer(client);
    }

    /// <summary>The next answer: the frames behind the delimiter, the first one in hex.</summary>
    protected static string Answer(SimulatedPeer client) => Answer(client.Expect(), 0);

    /// <param name="answer">The answer.</param>
    /// <param name="delimiter">The index of the delimiter.</param>
    protected static string Answer(Message answer, int delimiter)
    {
        Assert.Equal(0, answer[delimiter].Length);
        return string.Join(" ", Enumerable.Range(delimiter + 1, answer.FrameCount - delimiter - 1).Select(frame => frame == delimiter + 1 ? Convert.ToHexString(answer[frame].Span) : Encoding.UTF8.GetString(answer[frame].Span)));
    }

    protected async Task<RoleStatus> Status() => await Role.Ask<RoleStatus>(GetRoleStatus.Instance, Patience);

    /// <summary>Waits for the call <c>Wait</c> of this key to run.</summary>
    protected static Task Begun(string key) => WaitGate.Of(key).Begun.Task.WaitAsync(Patience);
}
