using Actors.Grains.Clustering;
using Actors.Shared;
using Npgsql;

namespace Grains.Tests.Clustering;

/// <summary>What tests of clusters of two nodes share: a database of their own, where leases are.</summary>
public abstract class ClusterOfTwo : IDisposable
{
    private protected PostgresServer? Server { get; } = PostgresServer.Missing is null ? PostgresServer.Start() : null;

    private protected ClusterSettings Settings
    {
        get
        {
            Skip.If(Server is null, PostgresServer.Missing);
            return new ClusterSettings { Nodes = 2, Lease = Server!.ConnectionString };
        }
    }

    public void Dispose()
    {
        Server?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected async Task<long> OwnersAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Server!.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
