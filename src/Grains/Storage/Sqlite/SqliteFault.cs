using Microsoft.Data.Sqlite;

namespace Actors.Grains.Storage;

/// <summary>Makes of an error of SQLite one that names the file, the cause, and what was expected.</summary>
internal static class SqliteFault
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int OutOfMemory = 7;
    private const int ReadOnly = 8;
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int TooBig = 18;
    private const int NotADatabase = 26;

    public static GrainStoreException Of(SqliteGrainStoreSettings settings, SqliteException cause)
    {
        var fault = cause.SqliteErrorCode switch
        {
            Busy or Locked => $"is locked by another process for longer than {settings.BusyTimeout.TotalSeconds:0.###} s: expected writers that end their transactions",
            ReadOnly => "cannot be written, it or its folder is read-only: expected a file that this user may write",
            IoError => "cannot be read or written, the disk or the file system failed: expected a local disk",
            Corrupt => "is damaged: expected a whole SQLite database",
            Full when settings.MaxSize is { } most => $"has no room, the disk is full or the file has its {most} bytes: expected free space",
            Full => "has no room, the disk is full: expected free space",
            CannotOpen => FaultOfPath(settings.File),
            NotADatabase => "is damaged, or something else: expected an SQLite database",
            _ => "failed: expected SQLite to do its work",
        };
        return new GrainStoreException($"the grain store {settings.File} {fault} ({cause.Message})", cause);
    }

    /// <summary>True when a change may fail where a smaller one succeeds, so that each is tried by itself.</summary>
    public static bool IsOfSize(SqliteException cause) => cause.SqliteErrorCode is Full or TooBig or OutOfMemory;

    /// <summary>True when the connection is sound after the error, and whatever was in the transaction is undone.</summary>
    public static bool IsSound(SqliteException cause) => cause.SqliteErrorCode is Busy or Locked or Full or TooBig or OutOfMemory or ReadOnly;

    private static string FaultOfPath(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file));
        if (Directory.Exists(file)) return "cannot be opened, it is a folder: expected the path of a file";
        if (!Directory.Exists(folder)) return $"cannot be opened, there is no folder {folder}: expected one that exists";
        if (!File.Exists(file)) return "cannot be opened: expected a file, or a folder in which this user may make one";
        return "cannot be opened: expected a file and a folder that this user may read and write";
    }
}
