namespace Actors;

/// <summary>A task that the handler of a pull role has done.</summary>
internal readonly record struct PullEntry(TaskId Id) : IJournalEntry
{
    public bool IsAwaited => true;

    public bool MakesRoom => false;
}

/// <summary>The table of a pull role's journal: the ids of the last tasks that were done, one row for each commit.</summary>
/// <param name="window">The number of ids that are kept.</param>
internal sealed class PullStore(int window) : IJournalStore<PullEntry>
{
    private byte[] _ids = new byte[4096];
    private long _written;
    private JournalStatement _insert = null!;
    private JournalStatement _deleteOld = null!;
    private JournalFile _file = null!;

    public JournalKind Kind => JournalKind.Pull;

    /// <summary>The ids that the file held when it was opened, the oldest first.</summary>
    public List<TaskId> Known { get; private set; } = [];

    /// <summary>Hands over the ids, and forgets them.</summary>
    public List<TaskId> TakeKnown()
    {
        var known = Known;
        Known = [];
        return known;
    }

    /// <summary>Tasks that were done, over the life of the journal.</summary>
    public long Done { get; private set; }

    public void Attach(JournalFile file)
    {
        _file = file;
        _insert = file.Prepare("INSERT OR REPLACE INTO done VALUES (?1, ?2)");
        _deleteOld = file.Prepare("DELETE FROM done WHERE last <= ?1");
    }

    public void Recover()
    {
        var reader = new TaskIdReader();
        var rows = _file.Prepare("SELECT last, ids FROM done ORDER BY last");
        while (rows.Next())
        {
            Done = rows.Int64(0);
            var ids = rows.Blob(1);
            while (ids.Length > 0)
            {
                if (ids[0] == 0 || ids[0] >= ids.Length) throw new InvalidDataException($"the ids of row {Done} are cut off");
                Known.Add(reader.Read(ids.Slice(1, ids[0])));
                ids = ids[(1 + ids[0])..];
            }
        }
    }

    public void Write(ReadOnlySpan<PullEntry> entries)
    {
        _written = Done + entries.Length;
        // The old rows go first, so that the new one finds room.
        _deleteOld.Bind(1, _written - window).Run();
        _insert.Bind(1, _written).Bind(2, Encode(entries)).Run();
    }

    public void Committed() => Done = _written;

    private ReadOnlySpan<byte> Encode(ReadOnlySpan<PullEntry> entries)
    {
        var size = 0;
        foreach (ref readonly var entry in entries) size += 1 + entry.Id.Length;
        if (size > _ids.Length) _ids = new byte[Math.Max(size, 2 * _ids.Length)];
        var at = 0;
        foreach (ref readonly var entry in entries)
        {
            _ids[at] = (byte)entry.Id.Length;
            entry.Id.CopyTo(_ids.AsSpan(at + 1));
            at += 1 + entry.Id.Length;
        }
        return _ids.AsSpan(0, size);
    }
}
