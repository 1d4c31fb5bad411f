using System.Buffers;

namespace Actors.Zmtp.Connections;

/// <summary>Bytes of a connection that do not come from a pipe: the handshake, commands, subscriptions.</summary>
internal sealed class ControlBuffer : IBufferWriter<byte>
{
    private byte[] _bytes = [];
    private int _sent;
    private int _written;

    public bool IsEmpty => _sent == _written;

    /// <summary>A part of what is here was sent, so that the rest must come next.</summary>
    public bool IsInTheMiddle => _sent > 0;

    public ArraySegment<byte> Unsent => new(_bytes, _sent, _written - _sent);

    public void Sent(int count)
    {
        _sent += count;
        if (_sent == _written)
        {
            _sent = _written = 0;
        }
    }

    public void Advance(int count) => _written += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsSpan(_written);
    }

    private void Reserve(int size)
    {
        if (_bytes.Length - _written < size)
        {
            Array.Resize(ref _bytes, Math.Max(Math.Max(128, 2 * _bytes.Length), _written + size));
        }
    }
}
