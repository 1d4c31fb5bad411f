namespace Actors.Zmtp.Transports.WebSocket;

/// <summary>Octets on their way to a stream. Data stops at the limit; the short frames of WebSocket itself may go beyond.</summary>
internal sealed class OutputBuffer
{
    private const int Limit = 64 * 1024;

    private readonly ArraySegment<byte>[] _pieces = new ArraySegment<byte>[1];
    private byte[] _octets = new byte[4 * 1024];
    private int _begin;
    private int _end;

    public bool IsEmpty => _begin == _end;

    public int Room => Math.Max(Limit - _end, 0);

    public Span<byte> GetSpan(int length)
    {
        if (_octets.Length - _end < length)
        {
            Array.Resize(ref _octets, Math.Max(Math.Min(2 * _octets.Length, Limit + WebSocketFrame.MaxHeaderLength), _end + length));
        }

        return _octets.AsSpan(_end);
    }

    public void Advance(int count) => _end += count;

    public void Append(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(GetSpan(octets.Length));
        Advance(octets.Length);
    }

    /// <summary>Sends as much as goes without waiting; true when nothing is left.</summary>
    public bool Flush(IByteStream stream, out System.Net.Sockets.SocketError error)
    {
        error = System.Net.Sockets.SocketError.Success;
        while (_begin < _end)
        {
            _pieces[0] = new ArraySegment<byte>(_octets, _begin, _end - _begin);
            long sent = stream.Send(_pieces, out error);
            if (sent == 0)
            {
                return false;
            }

            _begin += (int)sent;
        }

        _begin = _end = 0;
        return true;
    }

    public void Clear() => _begin = _end = 0;
}
