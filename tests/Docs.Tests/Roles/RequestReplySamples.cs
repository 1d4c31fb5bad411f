#region usings
using Actors;
using Actors.Transport;
using Akka.Actor;
#endregion
using Greetings;
using Interop.Tests.Peers;

namespace Docs.Tests.Roles;

/// <summary>The samples of docs/roles/request-reply.md.</summary>
public sealed class RequestReplySamples : SampleTests
{
    [Fact]
    public async Task A_request_gets_its_reply()
    {
        var system = Start();

        #region reply
        var server = system.ActorOf(ReplyRole.Props(
            new ReplySettings { Name = "server", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] } },
            Props.Create<Greeter>()), "server");
        var ready = await server.Ask<RoleReady>(WhenReady.Instance);
        #endregion

        #region request
        var client = system.ActorOf(RequestRole.Props(new RequestSettings
        {
            Name = "client",
            Socket = new SocketSettings { Connect = [ready.Endpoints[0]] },
            Timeout = TimeSpan.FromSeconds(5),
        }), "client");
        var reply = await client.Ask<Message>(Message.FromText("Ada"));
        Console.WriteLine(reply.Text());
        #endregion

        Assert.Equal("Hello, Ada!", reply.Text());
    }

    [Fact]
    public async Task A_request_without_a_server_times_out()
    {
        var system = Start();
        var client = system.ActorOf(RequestRole.Props(new RequestSettings
        {
            Name = "client",
            Socket = new SocketSettings { Connect = [HostProcess.FreeEndpoint()] },
            Timeout = TimeSpan.FromMilliseconds(50),
        }));
        var said = "";

        #region timeout
        try
        {
            var reply = await client.Ask<Message>(Message.FromText("Ada"));
            said = reply.Text();
        }
        catch (RequestTimeoutException timeout)
        {
            said = timeout.Message;
        }
        #endregion

        Assert.Equal("client: no reply within 50 ms; no server took the request", said);
    }

    [Fact]
    public async Task An_identified_request_is_tried_again_and_worked_on_once()
    {
        var system = Start();

        #region once
        var server = system.ActorOf(ReplyRole.Props(
            new ReplySettings
            {
                Name = "server",
                Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] },
                Once = new OnceSettings { Age = TimeSpan.FromMinutes(1) },
            },
            Props.Create<Greeter>()), "server");
        var ready = await server.Ask<RoleReady>(WhenReady.Instance);

        var client = system.ActorOf(RequestRole.Props(new RequestSettings
        {
            Name = "client",
            Socket = new SocketSettings { Connect = [ready.Endpoints[0]] },
            Identified = true,
            Retry = new RetrySettings(3) { TryTimeout = TimeSpan.FromSeconds(2) },
            Timeout = TimeSpan.FromSeconds(10),
        }), "client");
        var reply = await client.Ask<Message>(Message.FromText("Ada"));
        #endregion

        Assert.Equal("Hello, Ada!", reply.Text());
    }

    [Fact]
    public async Task A_queue_stands_between()
    {
        var system = Start();

        #region queue
        var queue = system.ActorOf(QueueRole.Props(new QueueSettings
        {
            Name = "queue",
            Clients = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] },
            Servers = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] },
            Capacity = 100,
        }), "queue");
        var ready = await queue.Ask<RoleReady>(WhenReady.Instance);
        #endregion

        #region queue-server
        var server = system.ActorOf(ReplyRole.Props(
            new ReplySettings
            {
                Name = "server",
                Socket = new SocketSettings(),
                Queue = new JoinQueueSettings(ready.Endpoints[1]),
                MaxInFlight = 4,
            },
            Props.Create<Greeter>()), "server");
        #endregion

        #region queue-client
        var client = system.ActorOf(RequestRole.Props(new RequestSettings
        {
            Name = "client",
            Socket = new SocketSettings { Connect = [ready.Endpoints[0]] },
            Identified = true,
        }), "client");
        var reply = await client.Ask<Message>(Message.FromText("Ada"));
        var status = await queue.Ask<RoleStatus>(GetRoleStatus.Instance);
        // accepted = answered + failed + lost + expired + waiting + assigned
        Console.WriteLine(status.Queue);
        #endregion

        Assert.Equal("Hello, Ada!", reply.Text());
        Assert.Equal((1, 1), (status.Queue!.Accepted, status.Queue.Answered));
        Assert.Equal("server", (await server.Ask<RoleStatus>(GetRoleStatus.Instance)).Role);
    }
}
