using System.Collections;

namespace Actors;

/// <summary>Tasks in order, linked through themselves, so that removing one costs the same anywhere.</summary>
internal sealed class TaskList : IEnumerable<LedgerTask>
{
    private LedgerTask? _last;

    public LedgerTask? First { get; private set; }

    public int Count { get; private set; }

    public void Add(LedgerTask task)
    {
        task.List = this;
        task.Previous = _last;
        if (_last is null) First = task;
        else _last.Next = task;
        _last = task;
        Count++;
    }

    public IEnumerator<LedgerTask> GetEnumerator()
    {
        for (var task = First; task is not null; task = task.Next) yield return task;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Remove(LedgerTask task)
    {
        if (task.Previous is null) First = task.Next;
        else task.Previous.Next = task.Next;
        if (task.Next is null) _last = task.Previous;
        else task.Next.Previous = task.Previous;
        (task.List, task.Previous, task.Next) = (null, null, null);
        Count--;
    }
}
