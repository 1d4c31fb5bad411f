namespace Actors;

/// <summary>The ids of the last tasks that were done, so that a task that comes again is known.</summary>
/// <param name="size">How many ids are kept; the oldest is forgotten for a new one.</param>
internal sealed class RepeatWindow(int size)
{
    private readonly HashSet<TaskId> _known = [];
    private readonly Queue<TaskId> _order = new();

    public bool Contains(TaskId id) => _known.Contains(id);

    public void Add(TaskId id)
    {
        if (!_known.Add(id)) return;
        _order.Enqueue(id);
        if (_order.Count > size) _known.Remove(_order.Dequeue());
    }
}
