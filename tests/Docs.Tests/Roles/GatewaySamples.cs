#region usings
using Actors;
using Actors.Grains;
using Actors.Transport;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
#endregion

namespace Docs.Tests.Roles.Gateway;

/// <summary>The samples of docs/roles/gateway.md.</summary>
public sealed class GatewaySamples
{
    [Fact]
    public async Task A_gateway_calls_a_grain_for_a_client()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddGrains();
        builder.Services.AddAkka("app", akka => akka
            .AddHocon(EngineUnderTest.Config, HoconAddMode.Prepend)
            .WithGrains(grains => grains.Add<Visitors>()));
        using var app = builder.Build();
        await app.StartAsync();

        #region gateway
        var system = app.Services.GetRequiredService<ActorSystem>();
        var gateway = system.ActorOf(GatewayRole.Props(new GatewaySettings
        {
            Name = "gateway",
            Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] },
            CallTimeout = TimeSpan.FromSeconds(20),
        }), "gateway");
        var ready = await gateway.Ask<RoleReady>(WhenReady.Instance);
        #endregion

        #region call
        var client = system.ActorOf(RequestRole.Props(new RequestSettings
        {
            Name = "client",
            Socket = new SocketSettings { Connect = [ready.Endpoints[0]] },
            Timeout = TimeSpan.FromSeconds(25),
        }), "client");
        var reply = await client.Ask<Message>(Message.FromText("visitors", "alice", "Add", "[5]"));
        var count = reply[0].Span[0] == 0 ? reply.Text(1) : throw new InvalidOperationException($"{reply.Text(1)}: {reply.Text(2)}");
        #endregion

        Assert.Equal("5", count);
        var refusal = await client.Ask<Message>(Message.FromText("visitors", "alice", "Forget", "[]"));
        Assert.Equal((1, "unknown-method"), (refusal[0].Span[0], refusal.Text(1)));
        await app.StopAsync();
    }
}

[Grain("visitors")]
public interface IVisitors
{
    Task<long> Add(long n);
}

public sealed class Visitors : Grain, IVisitors
{
    private long _count;

    public Task<long> Add(long n) => Task.FromResult(_count += n);
}
