#region program
using Actors;
using Actors.Hosting;
using Actors.TestKit;
using Actors.Transport;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
#endregion
using System.Threading.Channels;

namespace Docs.Tests.Roles.Orders;

/// <summary>The samples of docs/hosting.md.</summary>
public sealed class HostingSamples
{
    [Fact]
    public async Task An_app_receives_works_and_sends_on()
    {
        var booked = Channel.CreateUnbounded<string>();
        using var books = Books(booked);
        await books.StartAsync();
        var endpoint = ZeroMqRoles.Of(books.Services.GetRequiredService<ActorSystem>())["BookIn"].Endpoints[0];

        #region roles
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddScoped<PriceList>();
        builder.Services.AddHealthChecks();
        builder.Services.AddAkka("shop", akka => akka.WithZeroMq(zmq => zmq
            .Pull<OrderIn, OrderHandler>("tcp://127.0.0.1:0", o => o with { Acknowledged = new() })
            .Push<BookOut>(endpoint, o => o with { Acknowledged = new() })));
        using var app = builder.Build();
        await app.StartAsync();
        #endregion

        #region roles-of
        var roles = ZeroMqRoles.Of(app.Services.GetRequiredService<ActorSystem>());
        foreach (var role in roles.All) Console.WriteLine($"{role.Name} is {role.Condition} at {string.Join(", ", role.Endpoints)}");
        #endregion

        var order = roles["OrderIn"].Endpoints[0];
        using var customer = Customer(order);
        await customer.StartAsync();
        customer.Services.GetRequiredService<IRequiredActor<OrderOut>>().ActorRef.Tell(Message.FromText("3 apples"));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        Assert.Equal("3 apples at 2", await booked.Reader.ReadAsync(patience.Token));

        #region health
        var health = app.Services.GetRequiredService<HealthCheckService>();
        var report = await health.CheckHealthAsync(check => check.Tags.Contains("liveness"));
        Console.WriteLine(report.Status);
        #endregion

        Assert.Equal(HealthStatus.Healthy, report.Status);
        foreach (var host in new[] { customer, app, books }) await host.StopAsync();
    }

    [Fact]
    public async Task One_key_has_two_roles()
    {
        #region names
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddAkka("shop", akka => akka.WithZeroMq(zmq => zmq
            .Push<BookOut>("tcp://localhost:5561", o => o with { Name = "books-eu" })
            .Push<BookOut>("tcp://localhost:5562", o => o with { Name = "books-us" })));
        using var app = builder.Build();
        await app.StartAsync();
        var europe = ZeroMqRoles.Of(app.Services.GetRequiredService<ActorSystem>())["books-eu"].Role;
        #endregion

        Assert.Equal("books-eu", (await europe.Ask<RoleStatus>(GetRoleStatus.Instance, TimeSpan.FromSeconds(30))).Role);
        await app.StopAsync();
    }

    [Fact]
    public async Task The_roles_of_an_app_are_tested_without_a_network()
    {
        #region test
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddAkka("shop", akka => akka
            .WithActors((system, _) => SimulatedNetwork.Of(system))
            .WithZeroMq(zmq => zmq.Push<BookOut>("tcp://books:5561")));
        using var app = builder.Build();
        await app.StartAsync();
        var books = SimulatedNetwork.Of(app.Services.GetRequiredService<ActorSystem>()).Socket("BookOut").Connect();

        app.Services.GetRequiredService<IRequiredActor<BookOut>>().ActorRef.Tell(Message.FromText("3 apples at 2"));

        Assert.Equal(Message.FromText("3 apples at 2"), books.Expect());
        await app.StopAsync();
        #endregion
    }

    [Fact]
    public async Task A_file_names_the_roles()
    {
        await File.WriteAllTextAsync("shop.conf", """roles.books { pattern = push, connect = ["tcp://localhost:5561"], delivery = acknowledged }""");

        #region file
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddSingleton<PriceList>();
        builder.Services.AddAkka("shop", akka => akka.WithZeroMq(zmq => zmq
            .FromFile("shop.conf")
            .Key<BookOut>("books")));
        using var app = builder.Build();
        await app.StartAsync();
        #endregion

        Assert.Equal("books", (await app.Services.GetRequiredService<IRequiredActor<BookOut>>().ActorRef.Ask<RoleStatus>(GetRoleStatus.Instance, TimeSpan.FromSeconds(30))).Role);
        await app.StopAsync();
    }

    private static IHost Books(Channel<string> booked)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddAkka("books", akka => akka.WithZeroMq(zmq => zmq.Pull<BookIn>("tcp://127.0.0.1:0", Props.Create(() => new Collector(booked)), o => o with { Acknowledged = new() })));
        return builder.Build();
    }

    private static IHost Customer(string endpoint)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddAkka("customer", akka => akka.WithZeroMq(zmq => zmq.Push<OrderOut>(endpoint, o => o with { Acknowledged = new() })));
        return builder.Build();
    }

    private sealed class Collector : ReceiveActor
    {
        public Collector(Channel<string> booked) => Receive<Message>(message => booked.Writer.TryWrite(message.Text()));
    }
}

internal sealed class BookIn;

internal sealed class OrderOut;

#region handler
internal sealed class OrderIn;

internal sealed class BookOut;

internal sealed class PriceList
{
    public int Of(string product) => product.Length / 3;
}

/// <summary>Prices an order and sends it on. Made once; its scoped services are made for each order.</summary>
internal sealed class OrderHandler : ReceiveActor
{
    public OrderHandler(IServiceScopeFactory scopes, IRequiredActor<BookOut> books) => Receive<Message>(order =>
    {
        using var scope = scopes.CreateScope();
        var price = scope.ServiceProvider.GetRequiredService<PriceList>().Of("apples");
        books.ActorRef.Tell(Message.FromText($"{order.Text()} at {price}"));
    });
}
#endregion
