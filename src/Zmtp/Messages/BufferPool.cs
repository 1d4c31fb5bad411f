using System.Buffers;
using System.Numerics;

namespace Actors.Zmtp;

/// <summary>
/// The pool of frames' buffers. Small buffers come from the array pool of the process. Large ones are kept here,
/// since one thread takes them and another gives them back, in bursts of as many as a high-water mark lets wait, which is more
/// than that pool keeps.
/// </summary>
internal static class BufferPool
{
    private const int LargestSmall = 16 * 1024;
    private const int Largest = 1024 * 1024;

    /// <summary>As many bytes of large buffers are kept; more are left to the garbage collector.</summary>
    private const long MaxKept = 128 * 1024 * 1024;

    private static readonly Lock s_gate = new();
    private static readonly Stack<byte[]>[] s_large = [.. Enumerable.Range(0, BitOperations.Log2(Largest) - BitOperations.Log2(LargestSmall)).Select(_ => new Stack<byte[]>())];
    private static long s_kept;

    /// <summary>A buffer of at least so many bytes, which are not cleared.</summary>
    public static byte[] Take(int size)
    {
        if (size is <= LargestSmall or > Largest)
        {
            return ArrayPool<byte>.Shared.Rent(size);
        }

        int length = (int)BitOperations.RoundUpToPowerOf2((uint)size);
        lock (s_gate)
        {
            if (StackOf(length).TryPop(out byte[]? buffer))
            {
                s_kept -= length;
                return buffer;
            }
        }

        return GC.AllocateUninitializedArray<byte>(length);
    }

    /// <summary>Gives a buffer back.</summary>
    public static void Return(byte[] buffer)
    {
        int length = buffer.Length;
        if (length is <= LargestSmall or > Largest || !BitOperations.IsPow2(length))
        {
            ArrayPool<byte>.Shared.Return(buffer);
            return;
        }

        lock (s_gate)
        {
            if (s_kept + length <= MaxKept)
            {
                s_kept += length;
                StackOf(length).Push(buffer);
            }
        }
    }

    private static Stack<byte[]> StackOf(int length) => s_large[BitOperations.Log2((uint)length) - BitOperations.Log2(LargestSmall) - 1];
}
