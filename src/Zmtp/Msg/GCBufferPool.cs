namespace Actors.Zmtp;

/// <summary>Takes every buffer fresh, and leaves it to the garbage collector.</summary>
public class GCBufferPool : IBufferPool
{
    /// <inheritdoc/>
    public byte[] Take(int size) => new byte[size];

    /// <inheritdoc/>
    public void Return(byte[] buffer)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what a derived pool holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
