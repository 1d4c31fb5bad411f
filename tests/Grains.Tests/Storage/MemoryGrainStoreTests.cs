using Actors.Grains.Storage;
using static Grains.Tests.Storage.StoreRows;

namespace Grains.Tests.Storage;

public sealed class MemoryGrainStoreTests : GrainStoreScheduleContract
{
    private readonly MemoryGrainStore _shared = new();

    protected override IGrainStore Create() => _shared;

    [Fact]
    public async Task A_node_that_stops_takes_no_rows_along()
    {
        Assert.True(await Store.WriteAsync("counter", "alice", Row(1, "5"), Cancel));
        await Store.DisposeAsync();
        var other = await Another();
        Assert.Equal((1, "5", ""), Text(await other.ReadAsync("counter", "alice", Cancel)));
    }
}
