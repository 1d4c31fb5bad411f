#region usings
using Actors;
using Actors.Transport;
using Akka.Actor;
#endregion

namespace Docs.Tests.Roles;

/// <summary>The sample of README.md.</summary>
public sealed class EmbedSample
{
    [Fact]
    public async Task The_sample_listens()
    {
        #region embed
        using var system = ActorSystem.Create("app");
        var settings = new PullSettings { Name = "sink", Socket = new SocketSettings { Bind = ["tcp://*:0"] } };
        var sink = system.ActorOf(PullRole.Props(settings, Props.Create<Printer>()), "sink");
        var ready = await sink.Ask<RoleReady>(WhenReady.Instance);
        Console.WriteLine($"listening at {ready.Endpoints[0]}");
        #endregion

        Assert.Matches(@"^tcp://\S+:\d+$", ready.Endpoints[0]);
    }
}

#region printer
sealed class Printer : ReceiveActor
{
    public Printer() => Receive<Message>(message => Console.WriteLine(message.Text()));
}
#endregion
