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
        foreach (var (_, found, expected) in Faults(builder)) throw new GrainStoreException($"the grain store {where} is set to {found}: expected {expected}");
        var seconds = (int)Math.Ceiling(RetryFor.TotalSeconds);
        builder.Timeout = Math.Min(builder.Timeout == 0 ? seconds : builder.Timeout, seconds);
        builder.CommandTimeout = seconds;
        builder.MaxPoolSize = Writers + Readers;
        builder.MinPoolSize = Math.Min(builder.MinPoolSize, builder.MaxPoolSize);
        if (builder.MaxAutoPrepare == 0) (builder.MaxAutoPrepare, builder.AutoPrepareMinUsages) = (PostgresTables.Statements, 2);
        return this with { ConnectionString = builder.ConnectionString, Where = where };
    }

    /// <summary>The settings that are out of range, each with what was found and what is expected.</summary>
    /// <param name="connection">The connection string, read.</param>
    internal IEnumerable<(string Setting, string Found, string Expected)> Faults(NpgsqlConnectionStringBuilder connection)
    {
        if (string.IsNullOrWhiteSpace(connection.Host)) yield return (nameof(ConnectionString), "without a host", "\"Host=...\" in its connection string");
        if (Schema?.Contains('\0') == true || Schema?.Length == 0) yield return (nameof(Schema), $"schema \"{Schema}\"", "the name of a schema");
        if (Writers is < 1 or > 64) yield return (nameof(Writers), $"{Writers} writers", "1 to 64");
        if (Readers is < 1 or > 1000) yield return (nameof(Readers), $"{Readers} readers", "1 to 1000");
        if (RetryFor < TimeSpan.FromSeconds(1) || RetryFor > TimeSpan.FromHours(1)) yield return (nameof(RetryFor), $"retry for {RetryFor}", "1 second to 1 hour");
    }

    /// <exception cref="GrainStoreException">The connection string is empty or cannot be read.</exception>
    internal NpgsqlConnectionStringBuilder Parse()
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
