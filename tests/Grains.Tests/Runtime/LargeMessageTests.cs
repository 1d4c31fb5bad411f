using Actors.Grains;

namespace Grains.Tests.Runtime;

/// <summary>What the remoting's frames do not hold fails at once, and says why.</summary>
public sealed class LargeMessageTests : GrainTests
{
    private const int TooLong = 1_000_000;

    protected override int Nodes => 2;

    [Fact]
    public async Task Arguments_and_results_beyond_a_frame_fail_their_calls_at_once()
    {
        var keys = Enumerable.Range(0, 20).Select(n => $"k{n}").ToList();
        foreach (var key in keys) await Grains.Get<IParrot>(key).Hear("").WaitAsync(Patience);
        var away = Grains.Get<IParrot>(keys.First(key => !Cluster.Nodes[0].IsActive("parrot", key)));
        var call = await Assert.ThrowsAsync<GrainException>(() => away.Hear(new string('x', TooLong)).WaitAsync(Patience));
        Assert.Equal(GrainError.BadArguments, call.Error);
        Assert.Contains("maximum-frame-size", call.Message);
        var result = await Assert.ThrowsAsync<GrainException>(() => away.Say(TooLong).WaitAsync(Patience));
        Assert.Equal(GrainError.Failed, result.Error);
        Assert.Contains("maximum-frame-size", result.Message);
        Assert.Equal(100_000, (await away.Say(100_000).WaitAsync(Patience)).Length);
    }
}

[Grain("parrot")]
public interface IParrot
{
    Task Hear(string text);

    Task<string> Say(int length);
}

public sealed class Parrot : Grain, IParrot
{
    public Task Hear(string text) => Task.CompletedTask;

    public Task<string> Say(int length) => Task.FromResult(new string('x', length));
}
