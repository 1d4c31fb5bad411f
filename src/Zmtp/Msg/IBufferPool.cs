namespace Actors.Zmtp;

/// <summary>Where the buffers of <see cref="Msg.InitPool"/> come from. Called from any thread.</summary>
public interface IBufferPool : IDisposable
{
    /// <summary>A buffer of at least so many bytes.</summary>
    byte[] Take(int size);

    /// <summary>Takes back a buffer that <see cref="Take"/> gave.</summary>
    void Return(byte[] buffer);
}
