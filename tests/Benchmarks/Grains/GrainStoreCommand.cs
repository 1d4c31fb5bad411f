using System.CommandLine;
using System.Globalization;
using Actors.Grains.Storage;
using Actors.Shared;
using Benchmarks.Wire;

namespace Benchmarks.Grains;

/// <summary>The verb "grain-store": writes a second through a store, with 64 writers, beside a plain program that writes batches of 64.</summary>
internal static class GrainStoreCommand
{
    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "Slices of each side; the median counts.", DefaultValueFactory = _ => 5 };
        var seconds = new Option<double>("--seconds") { Description = "Length of a slice.", DefaultValueFactory = _ => 1 };
        var command = new Command("grain-store", "Prints writes of grains a second beside the raw rate of the same conditional update.") { rounds, seconds };
        command.SetAction(async parsed =>
        {
            var (count, length) = (parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(seconds)));
            Console.Error.WriteLine(DiskSync.Describe());
            await Sqlite("sqlite-writes", StoreSync.Full, count, length);
            await Sqlite("sqlite-writes-normal", StoreSync.Normal, count, length);
            if (PostgresServer.Missing is { } missing) Console.Error.WriteLine($"postgres-writes is skipped: {missing}");
            else await Postgres("postgres-writes", count, length);
        });
        return command;
    }

    private static async Task Sqlite(string name, StoreSync sync, int rounds, TimeSpan length)
    {
        var folder = Directory.CreateTempSubdirectory("grain-store").FullName;
        try
        {
            using var raw = new RawSqliteWrites(Path.Combine(folder, "raw.db"), sync);
            await using var store = new SqliteGrainStore(new SqliteGrainStoreSettings(Path.Combine(folder, "ours.db")) { Sync = sync });
            await Alternate(name, await StoreWrites.Open(store), () => Task.FromResult(raw.Run(length)), rounds, length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Postgres(string name, int rounds, TimeSpan length)
    {
        using var server = PostgresServer.Start("fsync = on", "full_page_writes = on");
        await using var raw = await RawPostgresWrites.Open(server.ConnectionString);
        await using var store = new PostgresGrainStore(new PostgresGrainStoreSettings(server.ConnectionString));
        await Alternate(name, await StoreWrites.Open(store), () => raw.Run(length), rounds, length);
    }

    private static async Task Alternate(string name, StoreWrites ours, Func<Task<double>> raw, int rounds, TimeSpan length)
    {
        var rates = new List<(double Ours, double Raw)>();
        // The first round warms both sides up.
        for (var round = 0; round <= rounds; round++)
        {
            var rate = (await ours.Run(length), await raw());
            if (round > 0) rates.Add(rate);
        }
        var (mine, plain) = (Median.Of(rates.Select(rate => rate.Ours)), Median.Of(rates.Select(rate => rate.Raw)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} ours {mine:F0} raw {plain:F0} ratio {mine / plain:F2}"));
    }
}
