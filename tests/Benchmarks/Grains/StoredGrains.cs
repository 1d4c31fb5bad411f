using Actors.Grains.Storage;

namespace Benchmarks.Grains;

/// <summary>Counters that write their state to SQLite with every call, and a plain program that writes such rows with the same sync policy.</summary>
internal static class StoredGrains
{
    public static async Task Run(GrainWork work)
    {
        var folder = Directory.CreateTempSubdirectory("stored-grains").FullName;
        try
        {
            var settings = new SqliteGrainStoreSettings(Path.Combine(folder, "state.db"));
            if (work.Side == GrainSides.Raw) Raw(work, settings);
            else await Ours(work, settings).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Raw(GrainWork work, SqliteGrainStoreSettings settings)
    {
        using var raw = new RawSqliteWrites(settings.File, settings.Sync);
        raw.Run(TimeSpan.FromSeconds(work.Timing.WarmUp));
        GrainPeers.Print(raw.Run(TimeSpan.FromSeconds(work.Timing.Duration)));
    }

    private static async Task Ours(GrainWork work, SqliteGrainStoreSettings settings)
    {
        await using var side = await OurSide.Start(grains => grains.Add<StoredCounter>(OurSide.Kept).StoreIn.Sqlite(settings)).ConfigureAwait(false);
        var targets = Enumerable.Range(0, CallLoad.Keys).Select(key => side.Grains.Get<IStoredCounter>(CallLoad.Key(key))).Select(counter => (Func<Task<long>>)(() => counter.Add(1))).ToArray();
        // In any order, as the plain program has it: neighbours would share pages.
        new Random(1).Shuffle(targets);
        // Each row is made before, by many at once: one alone would wait for a sync each time.
        await Task.WhenAll(targets.Select(target => target())).ConfigureAwait(false);
        GrainPeers.Print((await new CallLoad(work.InFlight, targets).Measure(work.Timing).ConfigureAwait(false)).Rate);
    }
}
