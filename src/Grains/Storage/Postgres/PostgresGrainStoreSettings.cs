using Npgsql;

namespace Actors.Grains.Storage;

/// <summary>The PostgreSQL database in which a <see cref="PostgresGrainStore"/> keeps grains and reminders.</summary>
/// <param name="ConnectionString">As Npgsql reads it: <c>Host=db;Database=app;Username=app;Password=...</c>. No message repeats the password.</param>
public sealed record PostgresGrainStoreSettings(string ConnectionString)
{
    /// <summary>The schema of the tables, which is made when it is missing. Null, the default, takes the first one of the search path.</summary>
    public string? Schema { get; init; }

    /// <summary>
    /// When a write is done. Default <see cref="StoreSync.Full"/>: when the server has it as durable as its <c>synchronous_commit</c> says, which
    /// is taken as <c>on</c> where it is <c>off</c>. With <see cref="StoreSync.Normal"/> it is <c>off</c>: a crash or kill of the server may take
    /// the last commits.
    /// </summary>
    public StoreSync Sync { get; init; } = StoreSync.Full;

    /// <summary>The connections that write. Each row belongs to one of them. Default 2.</summary>
    public int Writers { get; init; } = 2;

    /// <summary>The most connections that read. Default 8.</summary>
    public int Readers { get; init; } = 8;

    /// <summary>The time for which a call is tried again while the server is away or restarts, and for which one answer is awaited. Default 10 s.</summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The server and database, for messages.</summary>
    internal string Where { get; private init; } = "";

    /// <summary>These settings with a connection string that has all of them.</summary>
    /// <exception cref="GrainStoreException">A setting is out of its range.</exception>
    internal PostgresGrainStoreSettings Validated()
    {
        var builder = Parse();
        var where = $"postgres {builder.Username}@{builder.Host}:{builder.Port}/{builder.Database}";
        if (string.IsNullOrWhiteSpace(builder.Host)) throw Fault("without a host", "\"Host=...\" in its connection string");
        if (Schema?.Contains('\0') == true || Schema?.Length == 0) throw Fault($"schema \"{Schema}\"", "the name of a schema");
        if (Writers is < 1 or > 64) throw Fault($"{Writers} writers", "1 to 64");
        if (Readers is < 1 or > 1000) throw Fault($"{Readers} readers", "1 to 1000");
        if (RetryFor < TimeSpan.FromSeconds(1) || RetryFor > TimeSpan.FromHours(1)) throw Fault($"retry for {RetryFor}", "1 second to 1 hour");
        var seconds = (int)Math.Ceiling(RetryFor.TotalSeconds);
        builder.Timeout = Math.Min(builder.Timeout == 0 ? seconds : builder.Timeout, seconds);
        builder.CommandTimeout = seconds;
        builder.MaxPoolSize = Writers + Readers;
        builder.MinPoolSize = Math.Min(builder.MinPoolSize, builder.MaxPoolSize);
        if (builder.MaxAutoPrepare == 0) (builder.MaxAutoPrepare, builder.AutoPrepareMinUsages) = (PostgresTables.Statements, 2);
        return this with { ConnectionString = builder.ConnectionString, Where = where };

        GrainStoreException Fault(string found, string expected) => new($"the grain store {where} is set to {found}: expected {expected}");
    }

    private NpgsqlConnectionStringBuilder Parse()
    {
        if (string.IsNullOrWhiteSpace(ConnectionString)) throw new GrainStoreException("the connection string of the grain store is empty: expected \"Host=...;Database=...\"");
        try
        {
            return new NpgsqlConnectionStringBuilder(ConnectionString);
        }
        catch (ArgumentException cause)
        {
            throw new GrainStoreException($"the connection string of the grain store cannot be read ({cause.Message}): expected \"Host=...;Database=...\"", cause);
        }
    }
}
