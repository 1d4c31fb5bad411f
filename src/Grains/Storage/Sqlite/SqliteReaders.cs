using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Actors.Grains.Storage;

/// <summary>The connections of a store that read, each one thread at a time.</summary>
internal sealed class SqliteReaders(SqliteGrainStoreSettings settings)
{
    private readonly ConcurrentBag<SqliteTables> _idle = [];
    private readonly SemaphoreSlim _free = new(settings.Readers);
    private volatile bool _closed;

    /// <summary>Reads on a thread of the pool.</summary>
    /// <exception cref="GrainStoreException">The file cannot be read; the message names the cause.</exception>
    public async Task<T> Read<T>(Func<SqliteTables, T> read, CancellationToken cancel)
    {
        await _free.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => ReadOnOne(read), cancel).ConfigureAwait(false);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for the reads under way, and closes the connections.</summary>
    public async Task Close()
    {
        for (var i = 0; i < settings.Readers; i++) await _free.WaitAsync().ConfigureAwait(false);
        _closed = true;
        while (_idle.TryTake(out var tables)) tables.Dispose();
        // Reads that come late find it closed, instead of waiting for ever.
        _free.Release(settings.Readers);
    }

    private T ReadOnOne<T>(Func<SqliteTables, T> read)
    {
        ObjectDisposedException.ThrowIf(_closed, typeof(SqliteGrainStore));
        if (!_idle.TryTake(out var tables)) tables = new SqliteTables(SqliteFile.OpenReader(settings));
        try
        {
            var found = read(tables);
            _idle.Add(tables);
            return found;
        }
        catch (SqliteException cause)
        {
            tables.Dispose();
            throw SqliteFault.Of(settings, cause);
        }
        catch
        {
            tables.Dispose();
            throw;
        }
    }
}
