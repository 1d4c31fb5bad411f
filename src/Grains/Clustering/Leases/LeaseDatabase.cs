using System.Collections.Concurrent;
using Akka.Actor;
using Npgsql;

namespace Actors.Grains.Clustering.Leases;

/// <summary>The connections that all leases of an actor system share. They close when it has ended.</summary>
internal sealed class LeaseDatabase : IExtension
{
    // A node may hold a lease for each of hundreds of shards; each is renewed by a short statement every 2 s.
    private const int Connections = 4;
    private readonly ConcurrentDictionary<string, Lazy<NpgsqlDataSource>> _sources = new();

    /// <summary>The database of a connection string.</summary>
    public static NpgsqlDataSource Of(ExtendedActorSystem system, string connectionString) =>
        system.WithExtension<LeaseDatabase, Provider>()._sources.GetOrAdd(connectionString, text => new Lazy<NpgsqlDataSource>(() => Open(text))).Value;

    private static NpgsqlDataSource Open(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = Connections,
            MinPoolSize = 0,
            // A database that hangs does not answer a request to cancel either.
            CancellationTimeout = -1,
            ApplicationName = "grain leases",
        };
        return NpgsqlDataSource.Create(builder);
    }

    private async Task CloseAsync()
    {
        foreach (var source in _sources.Values) await source.Value.DisposeAsync().ConfigureAwait(false);
    }

    private sealed class Provider : ExtensionIdProvider<LeaseDatabase>
    {
        public override LeaseDatabase CreateExtension(ExtendedActorSystem system)
        {
            var database = new LeaseDatabase();
            system.WhenTerminated.ContinueWith(_ => database.CloseAsync(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return database;
        }
    }
}
