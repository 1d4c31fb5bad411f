using Actors.Grains;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Docs.Tests.Grains;

/// <summary>Runs the samples of docs/grains.md on a cluster of one, in virtual time.</summary>
public abstract class GrainPageTests : IAsyncLifetime
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    protected GrainTestCluster Cluster { get; private set; } = null!;

    protected Lines Lines { get; } = new();

    public async Task InitializeAsync() =>
        Cluster = await GrainTestCluster.StartAsync(Configure, options: new GrainTestOptions { Services = services => services.AddSingleton(Lines) });

    public async Task DisposeAsync()
    {
        await Cluster.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract void Configure(GrainsBuilder grains);

    /// <summary>Lets virtual time pass, step by step, until a grain has written a line.</summary>
    protected async Task Advance(TimeSpan step, string until)
    {
        for (var steps = 0; steps < 1_000; steps++)
        {
            Cluster.Time.Advance(step);
            if (await Lines.Has(until, TimeSpan.FromMilliseconds(20))) return;
        }
        throw new TimeoutException($"no grain has written \"{until}\" within 1,000 steps of {step}; written: {string.Join(", ", Lines.All)}");
    }
}
