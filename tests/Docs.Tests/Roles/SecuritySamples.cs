#region usings
using System.Threading.Channels;
using Actors;
using Actors.Transport;
using Actors.Zmtp;
using Akka.Actor;
#endregion

namespace Docs.Tests.Roles;

/// <summary>The samples of docs/security.md.</summary>
public sealed class SecuritySamples : SampleTests
{
    [SkippableFact]
    public async Task Tasks_are_sealed_and_only_listed_clients_push_them()
    {
        EngineUnderTest.NeedsZmtp("has no list of clients");
        foreach (var left in new[] { "server.key", "client.key", "clients.keys" }) File.Delete(left);
        var system = Start();

        #region keys
        var serverPair = new CurveKeyPair();
        CurveKeyFile.Write("server.key", serverPair);
        var clientPair = new CurveKeyPair();
        CurveKeyFile.Write("client.key", clientPair);
        File.WriteAllText("clients.keys", $"{clientPair.PublicKeyZ85} joe\n");
        #endregion

        #region curve-server
        var received = Channel.CreateUnbounded<string>();
        var pull = system.ActorOf(PullRole.Props(
            new PullSettings
            {
                Name = "pull",
                Socket = new SocketSettings
                {
                    Bind = ["tcp://127.0.0.1:0"],
                    Security = new CurveServer { KeyFile = "server.key", Clients = "clients.keys" },
                },
            },
            Props.Create(() => new Collector(received.Writer))), "pull");
        var sink = await pull.Ask<RoleReady>(WhenReady.Instance);
        #endregion

        #region curve-client
        var push = system.ActorOf(PushRole.Props(new PushSettings
        {
            Name = "push",
            Socket = new SocketSettings
            {
                Connect = [sink.Endpoints[0]],
                Security = new CurveClient { ServerKey = serverPair.PublicKeyZ85, KeyFile = "client.key" },
            },
        }), "push");
        push.Tell(Message.FromText("a task"));
        #endregion

        Assert.Equal("a task", await Next(received));
    }

    [SkippableFact]
    public async Task An_actor_decides_who_may_connect()
    {
        EngineUnderTest.NeedsZmtp("has no authenticator");
        var system = Start();
        var received = Channel.CreateUnbounded<string>();

        #region authenticator
        var doorkeeper = system.ActorOf(Props.Create<Doorkeeper>(), "doorkeeper");
        var settings = new PullSettings
        {
            Name = "pull",
            Socket = new SocketSettings
            {
                Bind = ["tcp://127.0.0.1:0"],
                Security = new PlainServer { Authenticator = doorkeeper },
            },
        };
        #endregion

        var pull = system.ActorOf(PullRole.Props(settings, Props.Create(() => new Collector(received.Writer))));
        var sink = await pull.Ask<RoleReady>(WhenReady.Instance);

        #region plain-client
        var push = system.ActorOf(PushRole.Props(new PushSettings
        {
            Name = "push",
            Socket = new SocketSettings
            {
                Connect = [sink.Endpoints[0]],
                Security = new PlainClient { Username = "joe", Password = "open sesame" },
            },
        }));
        #endregion

        push.Tell(Message.FromText("a task"));
        Assert.Equal("a task", await Next(received));
    }
}

#region doorkeeper
public sealed class Doorkeeper : ReceiveActor
{
    public Doorkeeper() => Receive<ZapRequest>(request => Sender.Tell(
        request.Password == "open sesame"
            ? ZapDecision.Allow(request.Username!)
            : ZapDecision.Deny("the password is wrong")));
}
#endregion
