using System.Net.Sockets;
using Npgsql;

namespace Actors.Grains.Storage;

/// <summary>What an error of PostgreSQL or of the way to it means, in words that name the database, the cause, and what was expected.</summary>
internal static class PostgresFault
{
    public static GrainStoreException Of(PostgresGrainStoreSettings settings, Exception cause)
    {
        var fault = cause switch
        {
            PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } => "refuses the user: expected a user and a password that it lets in",
            PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => "has no such database: expected one that exists",
            PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } => "forbids it: expected a user who may read and write the tables of grains, and make them when they are missing",
            PostgresException { SqlState: PostgresErrorCodes.InvalidSchemaName } => "has no schema in which tables can be made: expected one on the search path of the user, or one that is set",
            PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => "is read-only: expected the primary server",
            PostgresException { SqlState: PostgresErrorCodes.DiskFull } => "has no room: expected free space on its disk",
            PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } => "has no connection left: expected a max_connections that has room for all nodes",
            PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn } => "has lost its tables: expected those that were there when the store was opened",
            PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } => "is starting or stopping: expected a server that serves",
            PostgresException => "failed: expected the server to do its work",
            _ when IsTimeout(cause) => $"does not answer within {settings.RetryFor.TotalSeconds:0.###} s: expected a server that can be reached",
            _ when cause is SocketException || cause.InnerException is SocketException or IOException => "cannot be reached: expected a server that listens there",
            _ => "failed: expected a connection that lasts",
        };
        var detail = cause is PostgresException error ? $"{error.SqlState}: {error.MessageText}" : (cause.InnerException ?? cause).Message;
        return new GrainStoreException($"the grain store {settings.Where} {fault} ({detail})", cause);
    }

    /// <summary>True when the connection or the server is at fault, so that another connection may succeed; what was sent may have been done.</summary>
    public static bool IsOfConnection(Exception cause) => cause switch
    {
        PostgresException error => error.SqlState.StartsWith("57P0", StringComparison.Ordinal) || error.SqlState.StartsWith("08", StringComparison.Ordinal)
            || error.SqlState == PostgresErrorCodes.TooManyConnections || (error.InvariantSeverity is "FATAL" or "PANIC" && !IsRefusal(error)),
        NpgsqlException or SocketException or IOException or TimeoutException => true,
        _ => false,
    };

    /// <summary>True when the server has undone a transaction that may succeed when it is tried again.</summary>
    public static bool IsToTryAgain(PostgresException error) => error.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    private static bool IsTimeout(Exception cause) => cause is TimeoutException || cause.InnerException is TimeoutException;

    // What a connection is refused for does not go away with time.
    private static bool IsRefusal(PostgresException error) =>
        error.SqlState.StartsWith("28", StringComparison.Ordinal) || error.SqlState is PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InsufficientPrivilege;
}
