#region usings
using System.Threading.Channels;
using Actors;
using Actors.Transport;
using Akka.Actor;
using NetMQ;
using NetMQ.Sockets;
#endregion
using Greetings;
using Docs.Tests.Roles;

namespace Docs.Tests.Guides;

/// <summary>The samples of docs/migration/netmq.md.</summary>
public sealed class NetMqSamples : SampleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_socket_of_NetMQ_is_served_by_a_role()
    {
        var system = Start();

        #region reply
        var server = system.ActorOf(ReplyRole.Props(
            new ReplySettings { Name = "server", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] } },
            Props.Create<Greeter>()), "server");
        var endpoint = (await server.Ask<RoleReady>(WhenReady.Instance)).Endpoints[0];
        #endregion

        var reply = await Task.Run(() =>
        {
            #region request
            using var client = new RequestSocket();
            client.Connect(endpoint);
            client.SendFrame("Ada");
            #endregion
            return client.TryReceiveFrameString(Patience, out var text) ? text : "no reply within 30 s";
        });

        Assert.Equal("Hello, Ada!", reply);
    }

    [Fact]
    public async Task A_role_takes_what_a_socket_of_NetMQ_pushes()
    {
        var system = Start();

        #region pull
        var received = Channel.CreateUnbounded<string>();
        var pull = system.ActorOf(PullRole.Props(
            new PullSettings { Name = "pull", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] } },
            Props.Create(() => new Collector(received.Writer))), "pull");
        var sink = await pull.Ask<RoleReady>(WhenReady.Instance);
        #endregion

        #region push
        using var push = new PushSocket();
        push.Connect(sink.Endpoints[0]);
        push.SendFrame("a task");
        #endregion

        Assert.Equal("a task", await Next(received));
    }
}
