using Actors.Grains;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Grains.Tests.Runtime;

/// <summary>A cluster of one with all kinds of sample grains.</summary>
public abstract class GrainTests : IAsyncLifetime
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    protected Stage Stage { get; } = new();

    protected GrainTestCluster Cluster { get; private set; } = null!;

    protected IGrains Grains => Cluster.Grains;

    protected virtual int Nodes => 1;

    /// <summary>
    /// Whether virtual time passes by itself, as fast as real time: a call that comes to a grain just as it leaves is sent again by the
    /// clock. False for tests that let it pass themselves.
    /// </summary>
    protected virtual bool TimePasses => true;

    private readonly CancellationTokenSource _ended = new();
    private Task _clock = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        Cluster = await GrainTestCluster.StartAsync(Configure, Nodes, new GrainTestOptions { Services = services => services.AddSingleton(Stage) });
        if (TimePasses) _clock = PassTime();
    }

    public async Task DisposeAsync()
    {
        await _ended.CancelAsync();
        await _clock;
        await Cluster.DisposeAsync();
        _ended.Dispose();
        GC.SuppressFinalize(this);
    }

    protected virtual void Configure(GrainsBuilder grains) => grains.AddAssembly(typeof(Counter).Assembly);

    private async Task PassTime()
    {
        var step = TimeSpan.FromMilliseconds(100);
        using var ticks = new PeriodicTimer(step);
        try
        {
            while (await ticks.WaitForNextTickAsync(_ended.Token)) Cluster.Time.Advance(step);
        }
        catch (OperationCanceledException)
        {
            // The test has ended.
        }
    }

    /// <summary>Lets virtual time pass, step by step, until something has happened: what one timer starts may set the next, and takes real time.</summary>
    protected async Task Advance(TimeSpan step, string until)
    {
        for (var steps = 0; steps < 1_000; steps++)
        {
            Cluster.Time.Advance(step);
            if (await Stage.HasHappened(until, TimeSpan.FromMilliseconds(20))) return;
        }
        throw new TimeoutException($"\"{until}\" has not happened within 1,000 steps of {step}; told: {string.Join(", ", Stage.Told)}");
    }

    /// <summary>Lets virtual time pass until a task has ended: a call that comes to an entity just as it stops is sent again by the clock.</summary>
    protected static async Task Pass(GrainTestCluster cluster, Task task)
    {
        for (var steps = 0; steps < 200 && !task.IsCompleted; steps++)
        {
            cluster.Time.Advance(TimeSpan.FromMilliseconds(100));
            await task.WaitAsync(TimeSpan.FromMilliseconds(20)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await task.WaitAsync(Patience);
    }
}
