using Actors.Grains;

namespace Docs.Tests.Grains.Parts;

/// <summary>The samples of docs/grains.md about settings, workers, filters and codecs.</summary>
public sealed class PartsSamples : GrainPageTests
{
    protected override void Configure(GrainsBuilder grains)
    {
        var lines = Lines;

        #region settings
        grains.Add<Resizer>(kind => kind.IdleTimeout = TimeSpan.FromMinutes(10));
        grains.CallTimeout = TimeSpan.FromSeconds(5);
        grains.FilterGrains(new Timing(lines));
        #endregion
    }

    [Fact]
    public async Task A_worker_resizes_and_the_filter_sees_it()
    {
        Assert.Equal(50, await Cluster.Grains.Get<IResizer>("any").Resize(100));
        Assert.Contains("resizer/any Resize", Lines.All);
    }
}

#region worker
[Grain("resizer")]
public interface IResizer
{
    Task<int> Resize(int size);
}

[StatelessWorker]
public sealed class Resizer : Grain, IResizer
{
    public Task<int> Resize(int size) => Task.FromResult(size / 2);
}
#endregion

#region filter
public sealed class Timing(Lines lines) : ICallFilter
{
    public async Task Invoke(ICallContext call, Func<Task> next)
    {
        await next();
        lines.Write($"{call.Grain} {call.Method}");
    }
}
#endregion
