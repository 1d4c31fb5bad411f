using System.Diagnostics;
using Actors.Grains.Storage;

namespace Benchmarks.Grains;

/// <summary>Writers that each await a write of a store before the next, as activations do.</summary>
internal sealed class StoreWrites
{
    private readonly IGrainStore _store;
    private readonly string[] _keys = [.. Enumerable.Range(0, WrittenRows.Keys).Select(WrittenRows.Key)];
    private readonly long[] _versions = new long[WrittenRows.Keys];
    private readonly byte[] _body = new byte[WrittenRows.BodySize];

    private StoreWrites(IGrainStore store) => _store = store;

    /// <summary>Opens the store and writes each row once.</summary>
    public static async Task<StoreWrites> Open(IGrainStore store)
    {
        var writes = new StoreWrites(store);
        await store.OpenAsync(CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, WrittenRows.Keys).Select(writes.Write));
        return writes;
    }

    /// <summary>Writes a second.</summary>
    public async Task<double> Run(TimeSpan length)
    {
        var began = Stopwatch.GetTimestamp();
        // Each writer has keys of its own, as each grain has one activation.
        var counts = await Task.WhenAll(Enumerable.Range(0, WrittenRows.Batch).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            var count = 0;
            for (; Stopwatch.GetElapsedTime(began) < length; count++)
                await Write((random.Next(WrittenRows.Keys / WrittenRows.Batch) * WrittenRows.Batch) + writer);
            return count;
        })));
        return counts.Sum() / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private async Task Write(int key)
    {
        if (!await _store.WriteAsync(WrittenRows.Kind, _keys[key], new GrainRow(++_versions[key], _body, default), CancellationToken.None))
            throw new InvalidOperationException($"the write of version {_versions[key]} of {_keys[key]} was refused");
    }
}
