namespace Actors;

/// <summary>The ids of the last tasks that were done, so that a task that comes again is known.</summary>
/// <remarks>
/// Ids in a row share a block of 64, with a bit for each, so that an id costs little memory and mostly no look-up. What goes is
/// a whole block, the one that no id was added to for the longest time.
/// </remarks>
/// <param name="size">So many are remembered at least; at most a block more.</param>
internal sealed class RepeatWindow(int size)
{
    private const ulong InBlock = 63;

    private readonly Dictionary<TaskId, LinkedListNode<Block>> _blocks = [];
    private readonly LinkedList<Block> _oldestFirst = new();
    private LinkedListNode<Block>? _last;
    private int _count;

    public bool Contains(TaskId id) => Find(BlockOf(id))?.Value.Has(id.Number & InBlock) == true;

    public void Add(TaskId id)
    {
        var key = BlockOf(id);
        _last = Find(key) ?? NewBlock(key);
        if (!_last.Value.Add(id.Number & InBlock)) return;
        if (_last.Next is not null)
        {
            _oldestFirst.Remove(_last);
            _oldestFirst.AddLast(_last);
        }
        _count++;
        Forget();
    }

    private static TaskId BlockOf(TaskId id) => id.WithNumber(id.Number & ~InBlock);

    private LinkedListNode<Block>? Find(TaskId key) => _last?.Value.Key == key ? _last : _blocks.GetValueOrDefault(key);

    private LinkedListNode<Block> NewBlock(TaskId key)
    {
        var node = _oldestFirst.AddLast(new Block(key));
        _blocks.Add(key, node);
        return node;
    }

    private void Forget()
    {
        while (_oldestFirst.First is { } oldest && _count - oldest.Value.Count >= size)
        {
            _oldestFirst.Remove(oldest);
            _blocks.Remove(oldest.Value.Key);
            _count -= oldest.Value.Count;
        }
    }

    private sealed class Block(TaskId key)
    {
        private ulong _bits;

        public TaskId Key => key;

        public int Count { get; private set; }

        public bool Has(ulong number) => (_bits >> (int)number & 1) != 0;

        public bool Add(ulong number)
        {
            if (Has(number)) return false;
            _bits |= 1UL << (int)number;
            Count++;
            return true;
        }
    }
}
