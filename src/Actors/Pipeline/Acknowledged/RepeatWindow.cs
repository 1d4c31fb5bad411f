namespace Actors;

/// <summary>The ids of the last finished tasks, by which a repeat is known.</summary>
/// <remarks>
/// 64 consecutive ids share a block with a bit for each, so an id costs little memory and mostly no look-up. A block is removed
/// as a whole, when none of the last ids is in it.
/// </remarks>
/// <param name="size">The fewest ids that are remembered; of consecutive ones, at most a block more.</param>
internal sealed class RepeatWindow(int size)
{
    private const ulong InBlock = 63;

    private readonly Dictionary<TaskId, LinkedListNode<Block>> _blocks = [];
    private readonly LinkedList<Block> _oldestFirst = new();
    private LinkedListNode<Block>? _last;
    private long _added;

    public bool Contains(TaskId id) => Find(BlockOf(id))?.Value.Has(id.Number & InBlock) == true;

    public void Add(TaskId id)
    {
        var key = BlockOf(id);
        _last = Find(key) ?? NewBlock(key);
        if (!_last.Value.TryAdd(id.Number & InBlock, _added + 1)) return;
        _added++;
        if (_last.Next is not null)
        {
            _oldestFirst.Remove(_last);
            _oldestFirst.AddLast(_last);
        }
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
        while (_oldestFirst.First is { } oldest && oldest.Value.LastAdded <= _added - size)
        {
            _oldestFirst.Remove(oldest);
            _blocks.Remove(oldest.Value.Key);
        }
    }

    private sealed class Block(TaskId key)
    {
        private ulong _bits;

        public TaskId Key => key;

        /// <summary>The count of ids in the window when the last one was added here.</summary>
        public long LastAdded { get; private set; }

        public bool Has(ulong number) => (_bits >> (int)number & 1) != 0;

        public bool TryAdd(ulong number, long added)
        {
            if (Has(number)) return false;
            _bits |= 1UL << (int)number;
            LastAdded = added;
            return true;
        }
    }
}
