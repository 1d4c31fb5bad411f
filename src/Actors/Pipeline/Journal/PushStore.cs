using System.Buffers.Binary;
using Actors.Transport;

namespace Actors;

/// <summary>The tables of a push role's journal: a row for each outstanding task.</summary>
internal sealed class PushStore : IJournalStore<PushEntry>
{
    private readonly List<long> _ended = [];
    private readonly Dictionary<string, long> _positions = [];
    private byte[] _payload = new byte[4096];
    private (long Acknowledged, long DeadLettered) _written;
    private JournalStatement _insertTask = null!;
    private JournalStatement _deleteTasks = null!;
    private JournalStatement _insertTry = null!;
    private JournalStatement _deleteTries = null!;
    private JournalStatement _updateLedger = null!;
    private JournalStatement _updateSource = null!;
    private JournalFile _file = null!;

    public JournalKind Kind => JournalKind.Push;

    /// <summary>The outstanding tasks that the file held when it was opened, in the order in which they were accepted.</summary>
    public List<RecoveredTask> Tasks { get; private set; } = [];

    /// <summary>Hands over the tasks, and forgets them.</summary>
    public List<RecoveredTask> TakeTasks()
    {
        var tasks = Tasks;
        Tasks = [];
        return tasks;
    }

    /// <summary>The durable position of each source then.</summary>
    public Dictionary<string, long> Positions { get; } = [];

    /// <summary>Tasks that were acknowledged, over the life of the journal.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Tasks that were given up, over the life of the journal.</summary>
    public long DeadLettered { get; private set; }

    public void Attach(JournalFile file)
    {
        _file = file;
        // OR REPLACE, because a transaction whose end was unknown is written again.
        _insertTask = file.Prepare("INSERT OR REPLACE INTO task VALUES (?1, ?2, ?3)");
        _deleteTasks = file.Prepare("DELETE FROM task WHERE number BETWEEN ?1 AND ?2");
        _insertTry = file.Prepare("INSERT OR REPLACE INTO try SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE EXISTS (SELECT 1 FROM task WHERE number = ?1)");
        _deleteTries = file.Prepare("DELETE FROM try WHERE number BETWEEN ?1 AND ?2");
        _updateLedger = file.Prepare("UPDATE ledger SET acknowledged = ?1, dead_lettered = ?2");
        _updateSource = file.Prepare("INSERT OR REPLACE INTO source VALUES (?1, ?2)");
    }

    public void Recover()
    {
        var tries = ReadTries();
        var tasks = _file.Prepare("SELECT number, origin, payload FROM task ORDER BY number");
        while (tasks.Next())
        {
            var number = tasks.Int64(0);
            Tasks.Add(new RecoveredTask(number, tasks.Int64(1), Decode(number, tasks.Blob(2)), tries.GetValueOrDefault(number) ?? []));
        }
        var ledger = _file.Prepare("SELECT acknowledged, dead_lettered FROM ledger");
        while (ledger.Next()) (Acknowledged, DeadLettered) = (ledger.Int64(0), ledger.Int64(1));
        var sources = _file.Prepare("SELECT name, position FROM source");
        while (sources.Next()) Positions[sources.Text(0)!] = sources.Int64(1);
    }

    public void Write(ReadOnlySpan<PushEntry> entries)
    {
        _written = (Acknowledged, DeadLettered);
        _ended.Clear();
        _positions.Clear();
        foreach (ref readonly var entry in entries)
        {
            switch (entry.What)
            {
                case PushEntry.Change.Acknowledged:
                    _written.Acknowledged++;
                    _ended.Add(entry.Number);
                    break;
                case PushEntry.Change.DeadLettered:
                    _written.DeadLettered++;
                    _ended.Add(entry.Number);
                    break;
            }
        }
        // Ended tasks go first, so that new ones find room.
        if (_ended.Count > 0) DeleteEnded();
        foreach (ref readonly var entry in entries)
        {
            if (entry.What == PushEntry.Change.Accepted) Insert(entry);
            else if (entry.What == PushEntry.Change.TryEnded) Insert(entry.Number, entry.Try!);
        }
        foreach (var (source, position) in _positions) _updateSource.Bind(1, source).Bind(2, position).Run();
    }

    public void Committed() => (Acknowledged, DeadLettered) = _written;

    private void DeleteEnded()
    {
        _ended.Sort();
        for (var i = 0; i < _ended.Count;)
        {
            // Tasks end roughly in the order in which they came, so one statement deletes many.
            var first = _ended[i];
            var last = first;
            while (++i < _ended.Count && _ended[i] <= last + 1) last = _ended[i];
            _deleteTasks.Bind(1, first).Bind(2, last).Run();
            _deleteTries.Bind(1, first).Bind(2, last).Run();
        }
        _updateLedger.Bind(1, _written.Acknowledged).Bind(2, _written.DeadLettered).Run();
    }

    private void Insert(in PushEntry task)
    {
        _insertTask.Bind(1, task.Number).Bind(2, task.Origin).Bind(3, Encode(task.Payload!)).Run();
        if (task.Source is { } source) _positions[source] = task.Position;
    }

    private void Insert(long number, TaskTry ended) => _insertTry
        .Bind(1, number).Bind(2, ended.Number).Bind(3, ended.Peer).Bind(4, ended.Assigned.Ticks).Bind(5, ended.Ended.Ticks)
        .Bind(6, (long)ended.Outcome).Bind(7, ended.Detail).Run();

    private Dictionary<long, List<TaskTry>> ReadTries()
    {
        var found = new Dictionary<long, List<TaskTry>>();
        var tries = _file.Prepare("SELECT number, try, peer, assigned, ended, outcome, detail FROM try ORDER BY number, try");
        while (tries.Next())
        {
            var ended = new TaskTry(
                (int)tries.Int64(1), tries.Text(2)!, TimeSpan.FromTicks(tries.Int64(3)), TimeSpan.FromTicks(tries.Int64(4)), (TryOutcome)tries.Int64(5), tries.Text(6));
            if (!found.TryGetValue(tries.Int64(0), out var history)) found.Add(tries.Int64(0), history = []);
            history.Add(ended);
        }
        return found;
    }

    /// <summary>The frames, each behind its length in 4 octets.</summary>
    private ReadOnlySpan<byte> Encode(Message payload)
    {
        var size = payload.Size + (sizeof(int) * payload.FrameCount);
        if (size > _payload.Length) _payload = new byte[checked((int)Math.Max(size, 2L * _payload.Length))];
        var rest = _payload.AsSpan();
        for (var i = 0; i < payload.FrameCount; i++)
        {
            var frame = payload[i].Span;
            BinaryPrimitives.WriteInt32BigEndian(rest, frame.Length);
            frame.CopyTo(rest[sizeof(int)..]);
            rest = rest[(sizeof(int) + frame.Length)..];
        }
        return _payload.AsSpan(0, (int)size);
    }

    private static Message Decode(long number, ReadOnlySpan<byte> row)
    {
        var frames = new List<ReadOnlyMemory<byte>>(1);
        while (row.Length > 0)
        {
            var length = row.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32BigEndian(row);
            if (length < 0 || length > row.Length - sizeof(int)) throw new InvalidDataException($"the payload of task {number} is cut off");
            frames.Add(row.Slice(sizeof(int), length).ToArray());
            row = row[(sizeof(int) + length)..];
        }
        return frames.Count > 0 ? new Message([.. frames]) : throw new InvalidDataException($"task {number} has no payload");
    }
}
