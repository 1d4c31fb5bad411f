namespace NetMQ.Pipes;

/// <summary>
/// Blocks that are free, the last returned first, since its bytes are still in the cache. Each thread keeps a few to
/// itself; the rest is shared, up to a limit, above which blocks are left to the garbage collector.
/// </summary>
internal static class BlockPool
{
    /// <summary>Bytes of a block of wire bytes.</summary>
    public const int BlockSize = 64 * 1024;

    /// <summary>Frames with a payload of at least so many bytes are kept as a block of their own, not copied.</summary>
    public const int LargeFrame = 16 * 1024;

    private const int MaxShared = 512;

    private static readonly FreeList s_blocks = new();
    private static readonly FreeList s_shells = new();

    [ThreadStatic]
    private static Block? t_block;

    [ThreadStatic]
    private static Block? t_shell;

    /// <summary>A block of wire bytes.</summary>
    public static Block Rent()
    {
        Block? block = t_block;
        if (block is not null)
        {
            t_block = null;
        }
        else
        {
            block = s_blocks.TryPop() ?? Block.Allocate(BlockSize);
        }

        block.Begin();
        return block;
    }

    /// <summary>A block that takes a large payload.</summary>
    public static Block RentShell()
    {
        Block? shell = t_shell;
        if (shell is not null)
        {
            t_shell = null;
            return shell;
        }

        return s_shells.TryPop() ?? Block.AllocateShell();
    }

    public static void Return(Block block)
    {
        if (block.IsPayload)
        {
            Return(block, ref t_shell, s_shells);
        }
        else
        {
            Return(block, ref t_block, s_blocks);
        }
    }

    private static void Return(Block block, ref Block? own, FreeList shared)
    {
        if (own is null)
        {
            own = block;
        }
        else
        {
            shared.Push(block);
        }
    }

    /// <summary>A stack through <see cref="Block.Next"/>, so that it needs no memory of its own.</summary>
    private sealed class FreeList
    {
        private readonly Lock _gate = new();
        private Block? _top;
        private int _count;

        public Block? TryPop()
        {
            lock (_gate)
            {
                Block? block = _top;
                if (block is not null)
                {
                    _top = block.Next;
                    block.Next = null;
                    _count--;
                }

                return block;
            }
        }

        public void Push(Block block)
        {
            lock (_gate)
            {
                if (_count < MaxShared)
                {
                    block.Next = _top;
                    _top = block;
                    _count++;
                }
            }
        }
    }
}
