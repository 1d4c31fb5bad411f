namespace Actors.Grains.Storage;

/// <summary>The tables of a grain store in SQLite: all of its SQL, as prepared statements of one connection.</summary>
/// <remarks>Used by one thread at a time, like the connection.</remarks>
internal sealed class SqliteTables(SqliteFile file) : IDisposable
{
    /// <summary>Makes the tables of an empty file.</summary>
    /// <remarks>Grains have a row id, because rows with large bodies would make a deep tree of a table without.</remarks>
    public const string Schema =
        """
        CREATE TABLE grain (
            kind TEXT NOT NULL, key BLOB NOT NULL, version INTEGER NOT NULL, body BLOB, calls BLOB NOT NULL, UNIQUE (kind, key)) STRICT;
        CREATE TABLE reminder (
            kind TEXT NOT NULL, key BLOB NOT NULL, name BLOB NOT NULL, slice INTEGER NOT NULL, due INTEGER NOT NULL, period INTEGER NOT NULL,
            PRIMARY KEY (kind, key, name)) STRICT, WITHOUT ROWID;
        CREATE INDEX reminder_due ON reminder (slice, due);
        """;

    private readonly List<SqliteStatement> _statements = [];
    private SqliteStatement? _insert, _update, _select, _set, _remove, _move, _removeFired, _reminders, _due;

    public void Dispose()
    {
        foreach (var statement in _statements) statement.Dispose();
        file.Dispose();
    }

    /// <summary>Makes a change, inside the transaction of the caller. Returns what its condition decided.</summary>
    public bool Change(StoreWork work) => work switch
    {
        WriteRow write => Write(write.Grain, write.Row),
        SetReminder set => Set(set.Reminder),
        RemoveReminder remove => Remove(remove.Grain, remove.Name),
        AdvanceReminder advance => Advance(advance.Fired, advance.Next),
        _ => throw new InvalidOperationException($"no change of a store: {work.GetType()}"),
    };

    public GrainRow? Read(StoredKey grain)
    {
        var select = Prepare(ref _select, "SELECT version, body, calls FROM grain WHERE kind = ?1 AND key = ?2").Bind(grain);
        try
        {
            if (!select.Next()) return null;
            // A null array would become an empty memory, where a cleared state has none.
            ReadOnlyMemory<byte>? body = select.IsNull(1) ? default(ReadOnlyMemory<byte>?) : select.Bytes(1).ToArray();
            return new GrainRow(select.Int64(0), body, select.Bytes(2).ToArray());
        }
        finally
        {
            select.Reset();
        }
    }

    public List<ReminderRow> ReadReminders(StoredKey grain) => ReadRows(
        Prepare(ref _reminders, "SELECT kind, key, name, due, period FROM reminder WHERE kind = ?1 AND key = ?2 ORDER BY name").Bind(grain));

    public List<ReminderRow> ReadDue(int slice, long until, int most) => ReadRows(
        Prepare(ref _due, "SELECT kind, key, name, due, period FROM reminder WHERE slice = ?1 AND due <= ?2 ORDER BY due LIMIT ?3")
            .Bind(1, slice).Bind(2, until).Bind(3, most));

    private bool Write(StoredKey grain, GrainRow row)
    {
        var statement = row.Version == 1
            ? Prepare(ref _insert, "INSERT INTO grain (kind, key, version, body, calls) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING")
            : Prepare(ref _update, "UPDATE grain SET version = ?3, body = ?4, calls = ?5 WHERE kind = ?1 AND key = ?2 AND version = ?3 - 1");
        statement.Bind(grain).Bind(3, row.Version).BindBlob(5, row.Calls.Span);
        if (row.Body is { } body) statement.BindBlob(4, body.Span);
        else statement.BindNull(4);
        return statement.Run() > 0;
    }

    private bool Set(StoredReminder reminder) =>
        Prepare(ref _set, "INSERT OR REPLACE INTO reminder (kind, key, name, slice, due, period) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
            .Bind(reminder.Grain).BindBlob(3, reminder.Name).Bind(4, reminder.Slice).Bind(5, reminder.Due).Bind(6, reminder.Period).Run() > 0;

    private bool Remove(StoredKey grain, byte[] name) =>
        Prepare(ref _remove, "DELETE FROM reminder WHERE kind = ?1 AND key = ?2 AND name = ?3").Bind(grain).BindBlob(3, name).Run() > 0;

    private bool Advance(StoredReminder fired, long? next)
    {
        const string Unchanged = "WHERE kind = ?1 AND key = ?2 AND name = ?3 AND due = ?4 AND period = ?5";
        var statement = next is { } due
            ? Prepare(ref _move, "UPDATE reminder SET due = ?6 " + Unchanged).Bind(6, due)
            : Prepare(ref _removeFired, "DELETE FROM reminder " + Unchanged);
        return statement.Bind(fired.Grain).BindBlob(3, fired.Name).Bind(4, fired.Due).Bind(5, fired.Period).Run() > 0;
    }

    private static List<ReminderRow> ReadRows(SqliteStatement select)
    {
        try
        {
            var rows = new List<ReminderRow>();
            while (select.Next()) rows.Add(StoredReminder.ToRow(select.Bytes(0), select.Bytes(1), select.Bytes(2), select.Int64(3), select.Int64(4)));
            return rows;
        }
        finally
        {
            select.Reset();
        }
    }

    private SqliteStatement Prepare(ref SqliteStatement? statement, string sql)
    {
        if (statement is null) _statements.Add(statement = file.Prepare(sql));
        return statement;
    }
}
