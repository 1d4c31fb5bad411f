using System.Collections.Concurrent;
using System.Numerics;

namespace Actors.Zmtp;

/// <summary>Keeps returned buffers, in powers of two, as long as they stay within a number of bytes.</summary>
public class BufferManagerBufferPool : IBufferPool
{
    private readonly long _maxPoolSize;
    private readonly int _maxBufferSize;
    private readonly ConcurrentBag<byte[]>[] _buckets = new ConcurrentBag<byte[]>[31];
    private long _kept;

    /// <summary>A pool that keeps at most <paramref name="maxBufferPoolSize"/> bytes, in buffers of at most <paramref name="maxBufferSize"/> bytes.</summary>
    public BufferManagerBufferPool(long maxBufferPoolSize, int maxBufferSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxBufferPoolSize);
        ArgumentOutOfRangeException.ThrowIfNegative(maxBufferSize);
        _maxPoolSize = maxBufferPoolSize;
        _maxBufferSize = maxBufferSize;
        for (int i = 0; i < _buckets.Length; i++)
        {
            _buckets[i] = [];
        }
    }

    /// <inheritdoc/>
    public byte[] Take(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (size > _maxBufferSize || size > 1 << 30)
        {
            return new byte[size];
        }

        int bucket = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)Math.Max(size, 16)));
        if (_buckets[bucket].TryTake(out byte[]? buffer))
        {
            Interlocked.Add(ref _kept, -buffer.Length);
            return buffer;
        }

        return new byte[1 << bucket];
    }

    /// <inheritdoc/>
    public void Return(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        if (buffer.Length < 16 || !BitOperations.IsPow2(buffer.Length) || buffer.Length / 2 > _maxBufferSize)
        {
            return;
        }

        if (Interlocked.Add(ref _kept, buffer.Length) > _maxPoolSize)
        {
            Interlocked.Add(ref _kept, -buffer.Length);
            return;
        }

        _buckets[BitOperations.Log2((uint)buffer.Length)].Add(buffer);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Drops the kept buffers.</summary>
    protected virtual void Dispose(bool disposing)
    {
        foreach (ConcurrentBag<byte[]> bucket in _buckets)
        {
            while (bucket.TryTake(out byte[]? buffer))
            {
                Interlocked.Add(ref _kept, -buffer.Length);
            }
        }
    }
}
