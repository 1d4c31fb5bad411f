using System.Diagnostics;
using System.Runtime.InteropServices;
using Actors;
using Actors.Grains;
using Actors.Grains.Clustering;
using Actors.Grains.Storage;
using Actors.Transport;
using Akka.Actor;
using Akka.Hosting;
using GrainSamples;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chaos.Grains;

/// <summary>
/// A node of a cluster of counters, as a program of its own: an app with a gateway, which also calls by typed proxies for whoever writes to
/// its standard input. It prints what it sees of the cluster, and ends when it is shut out.
/// </summary>
internal static class NodeProgram
{
    /// <summary>The first argument of this program that makes it a node.</summary>
    public const string Command = "grain-node";

    /// <summary>Printed before the endpoint of the gateway.</summary>
    public const string Ready = "node is ready: ";

    /// <summary>Printed before the numbers of members that are up and that cannot be reached.</summary>
    public const string Members = "members ";

    /// <summary>The exit code of a node that its cluster has shut out.</summary>
    public const int ShutOut = 3;

    /// <summary>How a program becomes a node.</summary>
    public static ProcessStartInfo Start(NodeSettings settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Chaos.dll"), Command, settings.ToJson()]);
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }

    public static async Task<int> Run(string json)
    {
        var settings = NodeSettings.FromJson(json);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddGrains();
        builder.Services.AddAkka("chaos", akka => akka
            .AddHocon($"akka.loglevel = INFO\nactors.transport.engine = {settings.Engine}", HoconAddMode.Prepend)
            .WithGrains(grains => Configure(grains, settings))
            .AddStartup(async (system, _) => await Open(system)));
        using var host = builder.Build();
        await host.StartAsync();
        var system = host.Services.GetRequiredService<ActorSystem>();
        var calls = new ProxyServer(host.Services.GetRequiredService<IGrains>());
        var serving = Task.Run(calls.Serve, CancellationToken.None);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            asked.TrySetResult();
        });
        var first = await Task.WhenAny(asked.Task, system.WhenTerminated, serving);
        await host.StopAsync();
        return first == system.WhenTerminated ? ShutOut : 0;
    }

    private static void Configure(GrainsBuilder grains, NodeSettings settings)
    {
        var database = $"{settings.Database};Application Name={settings.Name}";
        grains.Add<Counter>(kind => kind.RecentCalls = settings.RecentCalls);
        grains.StoreIn.In(_ => new PostgresGrainStore(new PostgresGrainStoreSettings(database)));
        grains.Cluster = new ClusterSettings
        {
            Name = "chaos",
            Nodes = settings.Nodes,
            SeedNodes = settings.Seeds,
            Port = settings.Port,
            PublicHostname = "127.0.0.1",
            PublicPort = settings.PublicPort,
            Lease = settings.Nodes == 2 ? database : null,
        };
    }

    /// <summary>The node has joined: opens its gateway.</summary>
    private static async Task Open(ActorSystem system)
    {
        var gateway = system.ActorOf(GatewayRole.Props(new GatewaySettings { Name = "gateway", Socket = new SocketSettings { Bind = ["tcp://127.0.0.1:0"] } }), "gateway");
        var ready = await gateway.Ask<RoleReady>(WhenReady.Instance, Timeout.InfiniteTimeSpan);
        system.ActorOf(Props.Create(() => new MembersPrinter()), "members");
        Console.WriteLine(Ready + ready.Endpoints[0]);
    }
}
