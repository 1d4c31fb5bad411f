#region usings
using Actors.Hosting;
using Actors.Transport;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
#endregion

namespace Docs.Tests.Roles;

/// <summary>The sample of README.md.</summary>
public sealed class EmbedSample
{
    [Fact]
    public async Task The_sample_listens()
    {
        #region embed
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddAkka("app", akka => akka.WithZeroMq(zmq => zmq
            .Pull<Sink, Printer>("tcp://*:0")
            .Push<Source>("tcp://localhost:5557", o => o with { Acknowledged = new() })));
        using var host = builder.Build();
        await host.StartAsync();
        var source = host.Services.GetRequiredService<IRequiredActor<Source>>().ActorRef;
        #endregion

        var roles = ZeroMqRoles.Of(host.Services.GetRequiredService<ActorSystem>());
        Assert.Matches(@"^tcp://\S+:\d+$", roles["Sink"].Endpoints[0]);
        Assert.Equal(source, roles["Source"].Role);
        await host.StopAsync();
    }
}

#region printer
sealed class Sink;
sealed class Source;

sealed class Printer : ReceiveActor
{
    public Printer() => Receive<Message>(message => Console.WriteLine(message.Text()));
}
#endregion
