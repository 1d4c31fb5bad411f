using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Generator.Tests;

/// <summary>Generated proxies call grains: in this process, and on another node by way of JSON.</summary>
public sealed class ClusterTests : IAsyncLifetime
{
    /// <summary>Enough for each node to have some of them.</summary>
    private static readonly IEnumerable<string> s_keys = Enumerable.Range(0, 8).Select(number => $"key-{number}");

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private GrainTestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await GrainTestCluster.StartAsync(grains => grains.AddAssembly(typeof(SampleGrain).Assembly), nodes: 3, new GrainTestOptions
    {
        Services = services => services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new Paint("white"))
            .AddKeyedSingleton("red", new Paint("red"))
            .AddKeyedSingleton(DayOfWeek.Friday, new Paint("blue"))
            .AddKeyedSingleton<Paint>(typeof(string), new Paint("green"))
            .AddKeyedSingleton('x', new Paint("grey")),
    });

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Each_shape_of_a_method_is_called_on_each_node()
    {
        foreach (var key in s_keys)
        {
            var sample = _cluster.Grains.Get<ISample>(key);

            await sample.Nothing().WaitAsync(s_patience);
            Assert.Equal(7, await sample.Sum(3, CancellationToken.None, 4).WaitAsync(s_patience));
            Assert.Null(await sample.Get(null).AsTask().WaitAsync(s_patience));
            Assert.Equal("é", await sample.Get("é").AsTask().WaitAsync(s_patience));
            Assert.StartsWith("a \"b\"\n\\ ", await sample.Describe(number: 0.5).WaitAsync(s_patience));
            await sample.Put("a", "b").AsTask().WaitAsync(s_patience);
            Assert.Equal(5, await sample.Sum(1, CancellationToken.None, 2).WaitAsync(s_patience));
            Assert.Equal($"sample/{key}", sample.ToString());
        }
    }

    [Fact]
    public async Task A_token_that_is_cancelled_cancels_the_call()
    {
        var sample = _cluster.Grains.Get<ISample>("cancelled");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sample.Sum(1, new CancellationToken(canceled: true), 2));
    }

    [Fact]
    public async Task A_constructor_is_given_services_keyed_services_and_defaults_of_what_is_missing()
    {
        foreach (var key in s_keys)
        {
            Assert.Equal(["red", "blue", "green", "white", "grey", "", "", "white", "5"], await _cluster.Grains.Get<IServices>(key).Given().WaitAsync(s_patience));
        }
    }
}
