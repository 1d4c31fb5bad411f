using Actors.Grains;
using Actors.Transport;
using ActorsApp._1;
using Akka.Hosting;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddGrains();
builder.Services.AddAkka("app", akka => akka
    .WithGrains(grains => grains.AddKinds().StoreIn.Sqlite("STORE_FILE"))
    // Programs in any language call the grains here.
    .WithActors((system, _) => system.ActorOf(
        GatewayRole.Props(new GatewaySettings { Name = "gateway", Socket = new SocketSettings { Bind = ["GATEWAY_ENDPOINT"] } }), "gateway")));
await builder.Build().RunAsync();
