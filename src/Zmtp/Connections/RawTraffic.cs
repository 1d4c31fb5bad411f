using Actors.Zmtp.Pipes;

namespace Actors.Zmtp.Connections;

/// <summary>
/// Octets without ZMTP: what arrives becomes messages as it comes, and the payloads of frames are sent without their
/// headers. A frame leaves its pipe when its payload was sent; one without payload is the end of the connection.
/// </summary>
internal sealed class RawTraffic(ConnectionPipe pipe) : ITraffic
{
    private const int MostFrames = 32;
    private const int ReceiveSize = 8 * 1024;

    private readonly Queue<(ArraySegment<byte> Payload, long FrameLength)> _frames = new();
    private readonly byte[] _received = new byte[ReceiveSize];
    private FrameCursor _cursor = pipe.Outbound.BeginFrames();
    private int _sentOfFirst;
    private bool _ends;
    private long _endLength;

    public int Gather(ArraySegment<byte>[] pieces)
    {
        Fill();
        int count = 0;
        foreach ((ArraySegment<byte> payload, _) in _frames)
        {
            if (count == pieces.Length)
            {
                break;
            }

            pieces[count] = count == 0 ? payload[_sentOfFirst..] : payload;
            count++;
        }

        return count;
    }

    public void Sent(long octets)
    {
        octets += _sentOfFirst;
        long frames = 0;
        while (_frames.TryPeek(out (ArraySegment<byte> Payload, long FrameLength) first) && octets >= first.Payload.Count)
        {
            octets -= first.Payload.Count;
            frames += first.FrameLength;
            _frames.Dequeue();
        }

        _sentOfFirst = (int)octets;
        if (frames > 0)
        {
            pipe.Outbound.Sent(frames);
        }
    }

    public bool TakeEnd()
    {
        if (_ends)
        {
            pipe.Outbound.Sent(_endLength);
        }

        return _ends;
    }

    public Memory<byte> GetMemory() => _received;

    public CloseReason? Received(int count) => Append(_received.AsSpan(0, count));

    public CloseReason? Append(ReadOnlySpan<byte> octets)
    {
        Span<byte> header = stackalloc byte[FrameHeader.MaxLength];
        int length = FrameHeader.Write(header, 0, octets.Length);
        // Raw sockets have no limit that a part of 8 KiB could break.
        pipe.Inbound.Append(header[..length]);
        pipe.Inbound.Append(octets);
        return null;
    }

    private void Fill()
    {
        while (!_ends && _frames.Count < MostFrames && pipe.Outbound.TryNextFrame(ref _cursor, out _, out ArraySegment<byte> payload, out long length))
        {
            if (payload.Count == 0)
            {
                _ends = true;
                _endLength = length;
            }
            else
            {
                _frames.Enqueue((payload, length));
            }
        }
    }
}
