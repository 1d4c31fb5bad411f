using System.Diagnostics;
using Actors.Grains;
using Actors.Grains.Clustering;
using Actors.Grains.Runtime;
using Actors.Grains.Storage;
using Akka.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Actors.TestKit;

/// <summary>
/// A cluster of grains in the process of a test, over inproc: nodes come, stop, are killed and cut off. The time of timers, reminders, deadlines and idle
/// grains passes when the test says so; that of Akka's cluster is real.
/// </summary>
/// <remarks>
/// All nodes share one store in memory, unless the test names another. Of three nodes or more, the majority goes on when some
/// are lost.
/// </remarks>
public sealed class GrainTestCluster : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private static int s_last;

    private readonly List<GrainTestNode> _nodes = [];
    private readonly MemoryGrainStore _store = new();
    private readonly string _host = $"grain-test-{Environment.ProcessId}-{Interlocked.Increment(ref s_last)}";
    private readonly Action<GrainsBuilder> _configure;
    private readonly GrainTestOptions _options;
    private readonly int _expected;
    private readonly IServiceProvider _services;
    private int _lastPort;

    private GrainTestCluster(Action<GrainsBuilder> configure, int nodes, GrainTestOptions options)
    {
        _configure = configure;
        _expected = nodes;
        _options = options;
        var services = new ServiceCollection();
        options.Services?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    /// <summary>The clock of all nodes. <c>Time.Advance</c> runs what is due before it returns; what that starts may go on.</summary>
    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch.AddYears(50));

    /// <summary>The nodes that run, the oldest first.</summary>
    public IReadOnlyList<GrainTestNode> Nodes => _nodes;

    /// <summary>The grains, called from the oldest node.</summary>
    public IGrains Grains => _nodes.Count > 0 ? _nodes[0].Grains : throw new InvalidOperationException("no node runs: expected one that was neither stopped nor killed");

    /// <summary>Starts a cluster. Done when every node is a member.</summary>
    /// <param name="configure">Names the kinds; called once for each node.</param>
    /// <param name="nodes">The number of nodes, 1 or more.</param>
    /// <param name="options">More for the tests that need it.</param>
    public static async Task<GrainTestCluster> StartAsync(Action<GrainsBuilder> configure, int nodes = 1, GrainTestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentOutOfRangeException.ThrowIfLessThan(nodes, 1);
        var cluster = new GrainTestCluster(configure, nodes, options ?? new GrainTestOptions());
        await cluster._store.OpenAsync(CancellationToken.None).ConfigureAwait(false);
        for (var n = 0; n < nodes; n++) await cluster.AddNodeAsync().ConfigureAwait(false);
        return cluster;
    }

    /// <summary>Adds a node. Done when it is a member, and takes its share of the grains that are activated from then on.</summary>
    public async Task<GrainTestNode> AddNodeAsync()
    {
        var node = await GrainTestNode.StartAsync(Settings(++_lastPort), _options.Akka, _host, _services).ConfigureAwait(false);
        await node.TakesShardsAsync(_nodes.Count + 1).ConfigureAwait(false);
        _nodes.Add(node);
        return node;
    }

    /// <summary>Stops a node in order: it hands its grains over before it leaves.</summary>
    public Task StopAsync(GrainTestNode node)
    {
        Remove(node);
        return node.StopAsync();
    }

    /// <summary>
    /// Ends a node as a kill would: nothing is handed over, no grain is deactivated. The others are told that it has gone, and its grains are
    /// activated elsewhere. A call that is lost with it is sent again when virtual time passes (<see cref="AdvanceUntilAsync"/>).
    /// </summary>
    public async Task KillAsync(GrainTestNode node)
    {
        Remove(node);
        await node.KillAsync().ConfigureAwait(false);
        if (_nodes.Count > 0) _nodes[0].Down(node);
    }

    /// <summary>
    /// Cuts a node off from all others: what they send each other is lost, until <see cref="HealAsync"/>. Both sides notice after
    /// 10 s, and the smaller one ends 3 s later.
    /// </summary>
    public Task PartitionAsync(GrainTestNode node) => Cut(node, isCut: true);

    /// <summary>Ends a cut. A node that was shut out meanwhile stays out.</summary>
    public Task HealAsync(GrainTestNode node) => Cut(node, isCut: false);

    /// <summary>
    /// Lets time pass, step by step, until something is done: a call that must be sent again, for example, or what one timer starts and
    /// the next one ends.
    /// </summary>
    /// <param name="done">What is waited for. Its result and failure are the caller's to read.</param>
    /// <param name="step">Virtual time of a step. Default 100 ms.</param>
    /// <exception cref="TimeoutException">It has not ended after 60 s of real time.</exception>
    public async Task AdvanceUntilAsync(Task done, TimeSpan? step = null)
    {
        ArgumentNullException.ThrowIfNull(done);
        var each = step ?? TimeSpan.FromMilliseconds(100);
        var begun = Stopwatch.GetTimestamp();
        var virtually = Time.GetTimestamp();
        while (!done.IsCompleted)
        {
            if (Stopwatch.GetElapsedTime(begun) > s_patience)
                throw new TimeoutException($"the task has not ended within {s_patience.TotalSeconds} s, in which {Time.GetElapsedTime(virtually)} of virtual time have passed");
            Time.Advance(each);
            // What the step has started takes real time.
            await done.WaitAsync(s_pause).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Stops all nodes.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_nodes.Select(node => node.KillAsync())).ConfigureAwait(false);
        _nodes.Clear();
        if (_services is IAsyncDisposable services) await services.DisposeAsync().ConfigureAwait(false);
    }

    private async Task Cut(GrainTestNode node, bool isCut)
    {
        foreach (var other in _nodes)
        {
            if (other == node) continue;
            await node.CutAsync(other, isCut).ConfigureAwait(false);
            await other.CutAsync(node, isCut).ConfigureAwait(false);
        }
    }

    private void Remove(GrainTestNode node)
    {
        if (!_nodes.Remove(node)) throw new ArgumentException("the node is not one of this cluster, or has ended already", nameof(node));
    }

    private GrainSettings Settings(int port)
    {
        var grains = new GrainsBuilder { Time = Time };
        _configure(grains);
        var settings = grains.Build(needsStore: false);
        var cluster = _expected == 1
            ? settings.Cluster
            : settings.Cluster with { Nodes = Math.Max(3, _expected), Wire = ClusterWire.Inproc, Hostname = _host, Port = port, SeedNodes = [$"{_host}:1"] };
        return settings with { Cluster = cluster, Store = settings.HasOwnStore ? settings.Store : _ => new DelegatingGrainStore(_store) };
    }
}

/// <summary>More settings of a <see cref="GrainTestCluster"/>.</summary>
public sealed record GrainTestOptions
{
    /// <summary>Adds the services that grains take in their constructors. All nodes have the same ones.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Configuration of Akka over that of the cluster.</summary>
    public Config Akka { get; init; } = Config.Empty;
}
