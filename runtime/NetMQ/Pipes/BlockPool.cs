using System.Collections.Concurrent;

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

    private static readonly ConcurrentStack<Block> s_blocks = new();
    private static readonly ConcurrentStack<Block> s_shells = new();
    private static int s_blockCount;
    private static int s_shellCount;

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
        else if (s_blocks.TryPop(out block))
        {
            Interlocked.Decrement(ref s_blockCount);
        }
        else
        {
            block = Block.Allocate(BlockSize);
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

        if (s_shells.TryPop(out shell))
        {
            Interlocked.Decrement(ref s_shellCount);
            return shell;
        }

        return Block.AllocateShell();
    }

    public static void Return(Block block)
    {
        if (block.IsPayload)
        {
            Return(block, ref t_shell, s_shells, ref s_shellCount);
        }
        else
        {
            Return(block, ref t_block, s_blocks, ref s_blockCount);
        }
    }

    private static void Return(Block block, ref Block? own, ConcurrentStack<Block> shared, ref int count)
    {
        if (own is null)
        {
            own = block;
        }
        else if (Interlocked.Increment(ref count) <= MaxShared)
        {
            shared.Push(block);
        }
        else
        {
            Interlocked.Decrement(ref count);
        }
    }
}
