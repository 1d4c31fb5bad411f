#region usings
using Actors.Hosting;
using Actors.TestKit;
using Actors.Transport;
using Akka.Actor;
using Akka.Hosting;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NetMQ;
using NetMQ.Sockets;
using Xunit;
#endregion

namespace Docs.Tests.Guides.GettingStarted;

// The samples of docs/getting-started/testing.md.

#region handler
public sealed class PriceHandlerTests : TestKit
{
    [Fact]
    public void It_answers_with_the_price()
    {
        var handler = Sys.ActorOf(Props.Create(() => new PriceHandler(new PriceList())));

        handler.Tell(Message.FromText("apples"), TestActor);

        ExpectMsg(Message.FromText("1.50"));
    }
}
#endregion

#region app
public sealed class PriceAppTests
{
    [Fact]
    public async Task A_client_gets_the_price()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddPrices(akka => akka.WithActors((system, _) => SimulatedNetwork.Of(system)));
        using var app = builder.Build();
        await app.StartAsync();
        var network = SimulatedNetwork.Of(app.Services.GetRequiredService<ActorSystem>());

        var client = network.Socket("PriceDesk").Connect();
        client.Send(Message.FromText("", "apples"));

        Assert.Equal(Message.FromText("", "1.50"), client.Expect());
        await app.StopAsync();
    }
}
#endregion

#region wire
public sealed class PriceWireTests
{
    [Fact]
    public async Task A_real_socket_gets_the_price()
    {
        var builder = Host.CreateApplicationBuilder(["--Endpoint=tcp://127.0.0.1:0"]);
        builder.AddPrices();
        using var app = builder.Build();
        await app.StartAsync();
        var endpoint = ZeroMqRoles.Of(app.Services.GetRequiredService<ActorSystem>())["PriceDesk"].Endpoints[0];

        using var client = new RequestSocket();
        client.Connect(endpoint);
        client.SendFrame("apples");

        Assert.True(client.TryReceiveFrameString(TimeSpan.FromSeconds(30), out var price), $"no reply came from {endpoint} in time");
        Assert.Equal("1.50", price);
        await app.StopAsync();
    }
}
#endregion
