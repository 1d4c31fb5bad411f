using System.Text;
using Actors.Grains;
using Actors.Grains.Runtime;

namespace Grains.Tests.Runtime;

/// <summary>States that are written when the call by id is over in whose course the code runs.</summary>
public sealed class LateWriteTests : GrainTests
{
    private GrainRuntime Runtime => GrainRuntime.Of(Cluster.Nodes[0].System);

    private ILateWriter Once => Grains.With(new CallOptions { Id = CallId.From(Guid.NewGuid()) }).Get<ILateWriter>("a");

    [Fact]
    public async Task What_OnDeactivate_writes_is_stored_also_behind_a_call_by_id()
    {
        var call = Once.Hold();
        await Stage.Wait("a holds");
        Runtime.FindRoute("late-writer")!.Host!.Find("a")!.End(DeactivationReason.HandOff);
        Stage["a may end"].SetResult();
        await call.WaitAsync(Patience);
        await Stage.Wait("a has written at its end");
        Assert.Equal("""{"count":1}""", await Body());
    }

    [Fact]
    public async Task What_a_grain_writes_after_a_call_by_id_is_stored()
    {
        await Once.WriteLater().WaitAsync(Patience);
        Stage["a may write"].SetResult();
        await Stage.Wait("a has written");
        Assert.Equal("""{"count":10}""", await Body());
    }

    private async Task<string?> Body() => (await Runtime.Store.ReadAsync("late-writer", "a", default))?.Body is { } body ? Encoding.UTF8.GetString(body.Span) : null;
}

/// <summary>Writes its state when no call waits for it.</summary>
[Grain("late-writer")]
public interface ILateWriter
{
    Task Hold();

    Task WriteLater();
}

public sealed class LateWriter(IState<CounterState> state, Stage stage) : Grain, ILateWriter
{
    public async Task Hold()
    {
        stage.Tell($"{Key} holds");
        await stage[$"{Key} may end"].Task;
    }

    public Task WriteLater()
    {
        _ = Write();
        return Task.CompletedTask;
    }

    protected override async Task OnDeactivate(DeactivationReason reason, CancellationToken cancel)
    {
        state.Value.Count++;
        await state.WriteAsync(cancel);
        stage.Tell($"{Key} has written at its end");
    }

    private async Task Write()
    {
        await stage[$"{Key} may write"].Task;
        state.Value.Count += 10;
        await state.WriteAsync();
        stage.Tell($"{Key} has written");
    }
}
