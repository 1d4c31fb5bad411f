using Actors.TestKit;
using Actors.Transport;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorsApp._1.Tests;

/// <summary>The whole app, with its roles.conf, on a simulated network: no port is opened.</summary>
public sealed class OrderTests : IAsyncLifetime
{
    private readonly IHost _app;

    public OrderTests()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddRoles(akka => akka.WithActors((system, _) => SimulatedNetwork.Of(system)));
        _app = builder.Build();
    }

    private SimulatedNetwork Network => SimulatedNetwork.Of(_app.Services.GetRequiredService<ActorSystem>());

    public Task InitializeAsync() => _app.StartAsync();

    public async Task DisposeAsync()
    {
        await _app.StopAsync();
        _app.Dispose();
    }

    [Fact]
    public void An_order_becomes_an_invoice()
    {
        var shop = Network.Socket("orders").Connect();
        var books = Network.Socket("invoices").Connect();

        shop.Send(Message.FromText("3 apples"));

        Assert.Equal("3 apples: 4.50", books.Expect().Text());
    }

    [Fact]
    public void A_malformed_order_is_left_out()
    {
        var shop = Network.Socket("orders").Connect();
        var books = Network.Socket("invoices").Connect();

        shop.Send(Message.FromText("apples"), Message.FromText("1 pear"));

        Assert.Equal("1 pear: 1.00", books.Expect().Text());
    }
}
