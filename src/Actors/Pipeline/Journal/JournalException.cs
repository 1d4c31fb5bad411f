using Microsoft.Data.Sqlite;

namespace Actors;

/// <summary>A journal cannot be read or written; names the file and the cause.</summary>
public sealed class JournalException : Exception
{
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int IoError = 10;
    private const int Corrupt = 11;
    internal const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <param name="file">The journal.</param>
    /// <param name="fault">What is wrong with it.</param>
    /// <param name="cause">SQLite's error, if there was one.</param>
    public JournalException(string file, string fault, Exception? cause = null)
        : base($"the journal {file} {fault}", cause) => File = file;

    /// <summary>The journal.</summary>
    public string File { get; }

    internal static JournalException From(JournalSettings settings, SqliteException cause)
    {
        var fault = cause.SqliteErrorCode switch
        {
            Busy => "is in use by another process: expected a file of its own for each role of each host",
            ReadOnly => "cannot be written: it or its folder is read-only",
            IoError => "cannot be read or written: the disk or the file system failed",
            Corrupt => "is damaged",
            Full when settings.MaxSize is { } most => $"has no room: the disk is full, or the file has its {most} bytes",
            Full => "has no room: the disk is full",
            CannotOpen => FaultOfPath(settings.File),
            NotADatabase => "is damaged, or no journal at all: it is not an SQLite database",
            _ => "failed",
        };
        return new JournalException(settings.File, $"{fault} ({cause.Message})", cause);
    }

    private static string FaultOfPath(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file));
        if (Directory.Exists(file)) return "cannot be opened: it is a folder";
        if (!Directory.Exists(folder)) return $"cannot be opened: there is no folder {folder}";
        return "cannot be opened: it or its folder cannot be written";
    }
}
