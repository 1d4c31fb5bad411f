using Actors.Grains;
using Actors.Grains.Runtime;

namespace Grains.Tests.Runtime;

/// <summary>Each call ends, also when others of its grain, its id or its node do not.</summary>
public sealed class LostCallTests : GrainTests
{
    [Fact]
    public async Task A_call_without_a_limit_of_time_is_made()
    {
        foreach (var limit in new[] { TimeSpan.MaxValue, Timeout.InfiniteTimeSpan }) await With(new CallOptions { Timeout = limit }).Nothing().WaitAsync(Patience);
    }

    [Fact]
    public async Task A_repeat_beside_a_try_that_hangs_times_out()
    {
        var id = new CallOptions { Id = CallId.From(Guid.NewGuid()) };
        var hangs = With(id).Step("x");
        await Stage.Wait("x begins");
        var repeat = With(id).Step("x");
        Cluster.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(GrainError.Timeout, (await Assert.ThrowsAsync<GrainException>(() => hangs.WaitAsync(Patience))).Error);
        Assert.Equal(GrainError.Timeout, (await Assert.ThrowsAsync<GrainException>(() => repeat.WaitAsync(Patience))).Error);
        Stage["x may end"].SetResult();
    }

    [Fact]
    public async Task A_repeat_of_a_call_that_waits_goes_with_it_to_the_next_activation()
    {
        var first = Grains.Get<IStepper>("a").Step("first");
        await Stage.Wait("first begins");
        var id = new CallOptions { Id = CallId.From(Guid.NewGuid()) };
        var (call, repeat) = (With(id).Step("x"), With(id).Step("x"));
        Activation("stepper", "a").End(DeactivationReason.HandOff);
        Stage["x may end"].SetResult();
        Stage["first may end"].SetResult();
        await first.WaitAsync(Patience);
        await Pass(Cluster, Task.WhenAll(call, repeat));
        Assert.Single(Stage.Told, told => told == "x begins");
    }

    [Fact]
    public async Task A_cancelled_try_leaves_its_repeat_to_itself()
    {
        var id = new CallOptions { Id = CallId.From(Guid.NewGuid()) };
        using var cancel = new CancellationTokenSource();
        var first = Grains.Get<IStepper>("a").Step("first");
        await Stage.Wait("first begins");
        Stage["first may end"].SetResult();
        await first;
        var call = With(id).Step("x", cancel.Token);
        await Stage.Wait("x begins");
        var repeat = With(id).Step("x");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Patience));
        Stage["x may end"].SetResult();
        await repeat.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_call_that_waits_for_an_activation_that_hangs_times_out()
    {
        var grain = Grains.Get<ITroubled>("hangs");
        var first = grain.Call();
        await Stage.Wait("hangs is made");
        var second = grain.Call();
        Cluster.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(GrainError.Timeout, (await Assert.ThrowsAsync<GrainException>(() => first.WaitAsync(Patience))).Error);
        Assert.Equal(GrainError.Timeout, (await Assert.ThrowsAsync<GrainException>(() => second.WaitAsync(Patience))).Error);
        Stage["hangs may go on"].SetResult();
    }

    [Fact]
    public async Task A_call_comes_to_a_worker_whose_only_activation_just_ends()
    {
        var worker = Grains.Get<ISlowLeaver>("a");
        await worker.Call().WaitAsync(Patience);
        await Advance(TimeSpan.FromSeconds(60), until: "a leaves");
        var call = worker.Call();
        Stage["a may leave"].SetResult();
        await call.WaitAsync(Patience);
    }

    [Fact]
    public async Task Readers_behind_a_writer_whose_time_is_up_begin()
    {
        var grain = Grains.Get<IStepper>("a");
        var one = grain.Look("one");
        await Stage.Wait("one begins");
        var writer = With(new CallOptions { Timeout = TimeSpan.FromSeconds(5) }).Step("writer");
        var two = grain.Look("two");
        Cluster.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(GrainError.Timeout, (await Assert.ThrowsAsync<GrainException>(() => writer.WaitAsync(Patience))).Error);
        await Stage.Wait("two begins");
        Stage["one may end"].SetResult();
        Stage["two may end"].SetResult();
        await Task.WhenAll(one, two);
    }

    [Fact]
    public async Task An_entity_that_is_stopped_leaves_no_activation_behind()
    {
        var hangs = Grains.Get<IStepper>("a").Step("x");
        await Stage.Wait("x begins");
        var waits = Grains.Get<IStepper>("a").Nothing();
        var route = GrainRuntime.Of(Cluster.Nodes[0].System).FindRoute("stepper")!;
        var path = await Cluster.Nodes[0].System.ActorSelection($"{route.Region!.Path}/*/a").ResolveOne(Patience);
        Cluster.Nodes[0].System.Stop(path);
        await Pass(Cluster, waits);
        Assert.Equal(GrainError.Timeout, (await Assert.ThrowsAsync<GrainException>(() => hangs.WaitAsync(Patience))).Error);
        Stage["x may end"].SetResult();
    }

    private IStepper With(CallOptions options) => Grains.With(options).Get<IStepper>("a");

    private Activation Activation(string kind, string key) => GrainRuntime.Of(Cluster.Nodes[0].System).FindRoute(kind)!.Host!.Find(key)!;
}

/// <summary>Takes as long to leave as the test says.</summary>
[Grain("slow-leaver")]
public interface ISlowLeaver
{
    Task Call();
}

[StatelessWorker(1)]
public sealed class SlowLeaver(Stage stage) : Grain, ISlowLeaver
{
    public Task Call() => Task.CompletedTask;

    protected override async Task OnDeactivate(DeactivationReason reason, CancellationToken cancel)
    {
        stage.Tell($"{Key} leaves");
        await stage[$"{Key} may leave"].Task;
    }
}
