using System.Text;
using Actors.Grains;
using Actors.Grains.Calls;
using Actors.Grains.Runtime;

namespace Grains.Tests.Runtime;

/// <summary>Calls that are sent again because their first try may be lost.</summary>
public sealed class RetryTests : GrainTests
{
    [Fact]
    public async Task A_call_that_is_sent_again_while_it_waits_in_the_inbox_runs_once()
    {
        var runtime = GrainRuntime.Of(Cluster.Nodes[0].System);
        var first = Grains.Get<IHeldUp>("a").Add();
        await Stage.Wait("a is held up");
        var activation = runtime.FindRoute("held-up")!.Host!.Find("a")!;
        var (sink, other) = (new Sink(), new Sink());
        var call = Read(sink);
        Assert.True(activation.PostOnce(call));
        Assert.True(activation.PostOnce(call));
        Assert.True(activation.PostOnce(Read(other)));
        Stage["a may go on"].SetResult();
        string[] told = [$"{await first.WaitAsync(Patience)}", await sink.Told.WaitAsync(Patience), await other.Told.WaitAsync(Patience)];
        Assert.Equal(["1", "2", "3"], told.Order());
        Assert.Equal(4, await Grains.Get<IHeldUp>("a").Add().WaitAsync(Patience));

        GrainCall Read(ICallSink to)
        {
            var call = GrainCallReader.Read(runtime, runtime.FindRoute("held-up"), "held-up", "a", "Add", "[]"u8.ToArray(), to);
            call.Deadline = long.MaxValue;
            return call;
        }
    }

    private sealed class Sink : ICallSink
    {
        private readonly TaskCompletionSource<string> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Told => _told.Task;

        public void Succeeded(GrainCall call, ReadOnlyMemory<byte> json) => _told.SetResult(Encoding.UTF8.GetString(json.Span));

        public void Failed(GrainCall call, Exception failure) => _told.SetException(failure);

        public bool MustSendAgain(GrainCall call) => false;
    }
}

/// <summary>Its activation takes the thread until the test lets it go on.</summary>
[Grain("held-up")]
public interface IHeldUp
{
    Task<long> Add();
}

public sealed class HeldUp(Stage stage) : Grain, IHeldUp
{
    private long _count;

    protected override Task OnActivate(CancellationToken cancel)
    {
        stage.Tell($"{Key} is held up");
        stage[$"{Key} may go on"].Task.Wait(cancel);
        return Task.CompletedTask;
    }

    public Task<long> Add() => Task.FromResult(++_count);
}
