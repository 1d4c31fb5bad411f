using System.Buffers.Binary;
using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>The side of a journal in its push role: tasks that are not on record yet, and the producers' sources.</summary>
/// <remarks>Belongs to one role actor; not safe for concurrent use.</remarks>
internal sealed class PushJournal
{
    private readonly IActorRef _role;
    private readonly PushStore _store = new();
    private readonly Queue<Unrecorded> _unrecorded = new();
    private readonly Dictionary<IActorRef, string> _sources = [];
    private readonly Dictionary<string, long> _positions = [];
    private readonly List<(object Message, IActorRef Sender)> _postponed = [];

    /// <param name="role">The role.</param>
    /// <param name="name">The role's name.</param>
    /// <param name="settings">The settings of the journal.</param>
    public PushJournal(IActorRef role, string name, JournalSettings settings)
    {
        _role = role;
        Writer = new JournalWriter<PushEntry>(role, name, settings, _store);
    }

    public JournalWriter<PushEntry> Writer { get; }

    /// <summary>Tasks that are not durable, and so not accepted, yet.</summary>
    public int Waiting => _unrecorded.Count;

    /// <summary>True once the content of the file is known.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Tasks that are lost when the journal is closed: told to the role and not on record.</summary>
    public int Dropped => Writer.Unwritten + _postponed.Count(one => one.Message is Message);

    /// <summary>Keeps a message, which the role receives again when the journal is open.</summary>
    public void Postpone(object message, IActorRef sender) => _postponed.Add((message, sender));

    /// <summary>Restores the ledger from the file.</summary>
    /// <returns>The highest number of a task, behind which new ones are numbered.</returns>
    public ulong Restore(Ledger ledger)
    {
        var tasks = _store.TakeTasks();
        var origins = new Dictionary<long, TaskOrigin>();
        ledger.Restore(_store.Acknowledged, _store.DeadLettered, tasks.Select(task => new LedgerTask(IdOf(task, origins), task.Payload, task.History)));
        foreach (var (source, position) in _store.Positions) _positions[source] = position;
        IsOpen = true;
        foreach (var (message, sender) in _postponed) _role.Tell(message, sender);
        _postponed.Clear();
        return tasks.Count == 0 ? 0 : (ulong)tasks[^1].Number;
    }

    /// <summary>Tells a producer where to begin, unless it was told before.</summary>
    public void Register(IActorRef producer, string source)
    {
        if (!_sources.TryAdd(producer, source)) return;
        producer.Tell(new BeginBehind(_positions.TryGetValue(source, out var position) ? position : null), _role);
    }

    public void Forget(IActorRef producer) => _sources.Remove(producer);

    /// <summary>The source that the producer has registered; null when it has registered none.</summary>
    public string? SourceOf(IActorRef producer) => _sources.GetValueOrDefault(producer);

    /// <summary>Writes a task down. <see cref="OnCommitted"/> accepts it.</summary>
    public void Record(TaskId id, Message payload, string? source, long position)
    {
        if (source is not null) _positions[source] = position;
        _unrecorded.Enqueue(new Unrecorded(id, payload, source, position));
        Writer.Write(PushEntry.Accepted((long)id.Number, BinaryPrimitives.ReadInt64BigEndian(id.Origin!.Bytes), payload, source, position));
    }

    /// <summary>The oldest tasks that were written down are durable, and so accepted.</summary>
    public void OnCommitted(int count, SendingEnd end)
    {
        var stored = new Dictionary<string, long>();
        for (; count > 0; count--)
        {
            var task = _unrecorded.Dequeue();
            end.Accept(task.Id, task.Payload);
            if (task.Source is not null) stored[task.Source] = task.Position;
        }
        foreach (var (producer, source) in _sources)
            if (stored.TryGetValue(source, out var position)) producer.Tell(new StoredUpTo(position), _role);
    }

    private static TaskId IdOf(RecoveredTask task, Dictionary<long, TaskOrigin> origins)
    {
        if (!origins.TryGetValue(task.Origin, out var origin))
        {
            Span<byte> prefix = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(prefix, task.Origin);
            origins.Add(task.Origin, origin = TaskOrigin.WithPrefix(prefix));
        }
        return new TaskId(origin, (ulong)task.Number);
    }

    private readonly record struct Unrecorded(TaskId Id, Message Payload, string? Source, long Position);
}
