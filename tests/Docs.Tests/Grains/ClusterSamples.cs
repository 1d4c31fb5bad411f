using Actors.Grains;
using Actors.Grains.Clustering;
using Akka.Hosting;
using Docs.Tests.Grains.States;
using Interop.Tests.Peers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Docs.Tests.Grains.Clusters;

/// <summary>The cluster of three of docs/grains.md. Each program of the page is a host of this process; they talk over tcp, as programs do.</summary>
public sealed class ClusterSamples : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("actors-docs-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Three_programs_are_one_cluster_that_outlives_one_of_them()
    {
        var seed = new Uri(HostProcess.FreeEndpoint()).Port;
        var file = Path.Combine(_folder, "accounts.db");
        using var first = await Start(seed, seed, file);
        using var second = await Start(0, seed, file);
        using var third = await Start(0, seed, file);
        foreach (var node in new[] { first, second, third })
        {
            for (var key = 0; key < 30; key++) await node.Services.GetRequiredService<IGrains>().Get<IAccount>($"{key}").Deposit(1);
        }

        await first.StopAsync().WaitAsync(Patience);

        for (var key = 0; key < 30; key++) Assert.Equal(4, await third.Services.GetRequiredService<IGrains>().Get<IAccount>($"{key}").Deposit(1).WaitAsync(Patience));
        await Task.WhenAll(second.StopAsync(), third.StopAsync()).WaitAsync(Patience);
    }

    private static async Task<IHost> Start(int port, int seed, string file)
    {
        #region node
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddGrains();
        builder.Services.AddAkka("bank", akka => akka.WithGrains(grains =>
        {
            grains.Add<Account>().StoreIn.Sqlite(file);
            grains.Cluster = new ClusterSettings { Nodes = 3, Port = port, SeedNodes = [$"127.0.0.1:{seed}"] };
        }));
        var app = builder.Build();
        await app.StartAsync();
        #endregion

        return app;
    }
}
