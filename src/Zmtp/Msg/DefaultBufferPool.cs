using System.Buffers;
using System.Numerics;

namespace Actors.Zmtp;

/// <summary>
/// The pool when nobody chooses another. Small buffers come from the array pool of the process. Large ones are kept here,
/// since one thread takes them and another gives them back, in bursts of as many as a high-water mark lets wait, which is more
/// than that pool keeps.
/// </summary>
internal sealed class DefaultBufferPool : IBufferPool
{
    private const int LargestSmall = 16 * 1024;
    private const int Largest = 1024 * 1024;

    /// <summary>As many bytes of large buffers are kept; more are left to the garbage collector.</summary>
    private const long MaxKept = 128 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Stack<byte[]>[] _large = new Stack<byte[]>[BitOperations.Log2(Largest) - BitOperations.Log2(LargestSmall)];
    private long _kept;

    public DefaultBufferPool()
    {
        for (int i = 0; i < _large.Length; i++)
        {
            _large[i] = new Stack<byte[]>();
        }
    }

    public byte[] Take(int size)
    {
        if (size is <= LargestSmall or > Largest)
        {
            return ArrayPool<byte>.Shared.Rent(size);
        }

        int length = (int)BitOperations.RoundUpToPowerOf2((uint)size);
        lock (_gate)
        {
            if (StackOf(length).TryPop(out byte[]? buffer))
            {
                _kept -= length;
                return buffer;
            }
        }

        return GC.AllocateUninitializedArray<byte>(length);
    }

    public void Return(byte[] buffer)
    {
        int length = buffer.Length;
        if (length is <= LargestSmall or > Largest || !BitOperations.IsPow2(length))
        {
            ArrayPool<byte>.Shared.Return(buffer);
            return;
        }

        lock (_gate)
        {
            if (_kept + length <= MaxKept)
            {
                _kept += length;
                StackOf(length).Push(buffer);
            }
        }
    }

    public void Dispose()
    {
    }

    private Stack<byte[]> StackOf(int length) => _large[BitOperations.Log2((uint)length) - BitOperations.Log2(LargestSmall) - 1];
}
