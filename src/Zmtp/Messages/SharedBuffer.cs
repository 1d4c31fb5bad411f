namespace Actors.Zmtp;

/// <summary>A buffer that several <see cref="Msg"/> values hold together; the last release gives it back.</summary>
internal abstract class SharedBuffer
{
    private int _references;

    protected SharedBuffer(int references)
    {
        _references = references;
    }

    public void AddReference() => Interlocked.Increment(ref _references);

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            Free();
        }
    }

    public void Release(int amount)
    {
        int left = Interlocked.Add(ref _references, -amount);
        if (left == 0)
        {
            Free();
        }
        else if (left < 0)
        {
            throw new InvalidOperationException($"A shared buffer was released {-left} times too often.");
        }
    }

    /// <summary>Starts a new life with so many references; only for a buffer that nobody holds.</summary>
    protected void Reset(int references) => Volatile.Write(ref _references, references);

    protected abstract void Free();
}

/// <summary>An array of the <see cref="BufferPool"/>, shared by copies of a <see cref="Msg"/>.</summary>
internal sealed class SharedPoolBuffer : SharedBuffer
{
    private readonly byte[] _data;

    public SharedPoolBuffer(byte[] data)
        : base(1)
    {
        _data = data;
    }

    protected override void Free() => BufferPool.Return(_data);
}
