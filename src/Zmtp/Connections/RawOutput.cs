using Actors.Zmtp.Pipes;

namespace Actors.Zmtp.Connections;

/// <summary>The payloads of frames on their way out without their headers; a frame leaves its pipe when its payload was sent.</summary>
internal sealed class RawOutput
{
    private const int MostFrames = 32;

    private readonly Queue<(ArraySegment<byte> Payload, long FrameLength)> _frames = new();
    private int _sentOfFirst;
    private bool _ends;
    private long _endLength;

    /// <summary>Takes frames of the pipe; true when the one behind them has no payload, which is the end.</summary>
    public bool Fill(OutboundQueue outbound, ref FrameCursor cursor)
    {
        while (!_ends && _frames.Count < MostFrames && outbound.TryNextFrame(ref cursor, out _, out ArraySegment<byte> payload, out long length))
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

        return _ends;
    }

    /// <summary>All before the end was sent; the end itself leaves the pipe with it.</summary>
    public void End(OutboundQueue outbound) => outbound.Sent(_endLength);

    /// <summary>What is to be sent next, in so many pieces.</summary>
    public int Gather(Span<ArraySegment<byte>> pieces)
    {
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

    public void Sent(long octets, OutboundQueue outbound)
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
            outbound.Sent(frames);
        }
    }
}
