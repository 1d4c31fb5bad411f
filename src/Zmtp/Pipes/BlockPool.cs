namespace Actors.Zmtp.Pipes;

/// <summary>
/// Blocks that are free, the last returned first, since its bytes are still in the cache. Each thread keeps one of a kind
/// to itself; the rest is shared, up to a limit, above which blocks are left to the garbage collector.
/// </summary>
/// <remarks>
/// A pipe begins with a small block, so that thousands of quiet connections cost little. One that goes on is given large
/// blocks as long as the pool has or may make some; thousands of busy pipes share what is small enough for the cache.
/// </remarks>
internal static class BlockPool
{
    /// <summary>Bytes of a large block.</summary>
    public const int LargeBlock = 64 * 1024;

    /// <summary>Bytes of a small block.</summary>
    public const int SmallBlock = 4 * 1024;

    /// <summary>Frames with a payload of at least so many bytes are kept as a block of their own, not copied.</summary>
    public const int LargeFrame = 16 * 1024;

    private const int MostLarge = 512;

    private static readonly FreeList s_large = new(MostLarge);
    private static readonly FreeList s_small = new(MostLarge * (LargeBlock / SmallBlock));
    private static readonly FreeList s_shells = new(MostLarge);
    private static int s_largeMade;

    [ThreadStatic]
    private static Block? t_large;

    [ThreadStatic]
    private static Block? t_small;

    [ThreadStatic]
    private static Block? t_shell;

    /// <summary>The first block of a pipe.</summary>
    public static Block RentSmall()
    {
        Block block = Take(ref t_small, s_small) ?? Block.Allocate(SmallBlock);
        block.Begin();
        return block;
    }

    /// <summary>A further block, with room for at least so many bytes.</summary>
    public static Block Rent(int room)
    {
        Block? block = Take(ref t_large, s_large);
        if (block is null)
        {
            if (room <= SmallBlock && Volatile.Read(ref s_largeMade) >= MostLarge)
            {
                return RentSmall();
            }

            Interlocked.Increment(ref s_largeMade);
            block = Block.Allocate(LargeBlock);
        }

        block.Begin();
        return block;
    }

    /// <summary>A block that takes a large payload.</summary>
    public static Block RentShell()
    {
        return Take(ref t_shell, s_shells) ?? Block.AllocateShell();
    }

    public static void Return(Block block)
    {
        if (block.IsPayload)
        {
            Return(block, ref t_shell, s_shells);
        }
        else if (block.Data.Length == SmallBlock)
        {
            Return(block, ref t_small, s_small);
        }
        else
        {
            Return(block, ref t_large, s_large);
        }
    }

    private static Block? Take(ref Block? own, FreeList shared)
    {
        Block? block = own;
        own = null;
        return block ?? shared.TryPop();
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
    private sealed class FreeList(int most)
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
                if (_count < most)
                {
                    block.Next = _top;
                    _top = block;
                    _count++;
                }
            }
        }
    }
}
