namespace Actors.Zmtp;

/// <summary>The pool behind <see cref="Msg.InitPool"/>. Without another choice it pools as much as the usual high-water marks let wait.</summary>
public static class BufferPool
{
    private static IBufferPool s_pool = new DefaultBufferPool();

    /// <summary>Leaves buffers to the garbage collector.</summary>
    public static void SetGCBufferPool() => SetCustomBufferPool(new GCBufferPool());

    /// <summary>Keeps at most so many bytes in buffers of at most so many bytes.</summary>
    public static void SetBufferManagerBufferPool(long maxBufferPoolSize, int maxBufferSize)
        => SetCustomBufferPool(new BufferManagerBufferPool(maxBufferPoolSize, maxBufferSize));

    /// <summary>Takes a pool of the caller's. Choose before the first <see cref="Msg"/>: buffers go back to the pool of the moment.</summary>
    public static void SetCustomBufferPool(IBufferPool bufferPool)
    {
        ArgumentNullException.ThrowIfNull(bufferPool);
        Interlocked.Exchange(ref s_pool, bufferPool).Dispose();
    }

    /// <summary>A buffer of at least so many bytes.</summary>
    public static byte[] Take(int size) => s_pool.Take(size);

    /// <summary>Gives a buffer back.</summary>
    public static void Return(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        s_pool.Return(buffer);
    }
}
