using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Security.Curve;

namespace Actors.Zmtp.Connections;

/// <summary>
/// Sealed frames on their way out. A frame of the pipe counts as sent when its sealed octets have left whole, so that
/// the next connection sends again, sealed anew, what this one did not.
/// </summary>
internal sealed class SealedOutput
{
    /// <summary>With so many octets waiting no more frames are sealed.</summary>
    private const int Batch = 64 * 1024;

    private readonly CurveTraffic _traffic;
    private readonly Queue<(int End, long Length)> _frames = new();
    private byte[] _bytes;
    private int _sent;
    private int _written;
    private FrameCursor _cursor;
    private bool _inMessage;

    /// <param name="traffic">Seals the frames.</param>
    /// <param name="first">Octets that are sent before, as they are.</param>
    /// <param name="cursor">Where the frames to be sent begin.</param>
    public SealedOutput(CurveTraffic traffic, ReadOnlySpan<byte> first, FrameCursor cursor)
    {
        _traffic = traffic;
        _cursor = cursor;
        _bytes = new byte[2 * Batch];
        first.CopyTo(_bytes);
        _written = first.Length;
    }

    public bool IsEmpty => _sent == _written;

    public ArraySegment<byte> Unsent => new(_bytes, _sent, _written - _sent);

    /// <summary>Seals what is there, when all before was sent: commands between messages, and frames of the pipe.</summary>
    public void Fill(OutboundQueue outbound, ControlBuffer control)
    {
        _sent = _written = 0;
        if (_bytes.Length > 16 * Batch)
        {
            _bytes = new byte[2 * Batch];
        }

        while (_written < Batch)
        {
            if (!_inMessage && !control.IsEmpty)
            {
                SealControl(control);
            }

            if (!outbound.TryNextFrame(ref _cursor, out byte flags, out ArraySegment<byte> body, out long length))
            {
                return;
            }

            Seal(flags, body);
            _frames.Enqueue((_written, length));
            _inMessage = (flags & FrameFlags.More) != 0;
        }
    }

    public void Sent(int count, OutboundQueue outbound)
    {
        _sent += count;
        long length = 0;
        while (_frames.TryPeek(out (int End, long Length) frame) && frame.End <= _sent)
        {
            length += frame.Length;
            _frames.Dequeue();
        }

        if (length > 0)
        {
            outbound.Sent(length);
        }
    }

    private void SealControl(ControlBuffer control)
    {
        ReadOnlySpan<byte> rest = control.Unsent;
        while (FrameHeader.Read(rest, out int header, out long size))
        {
            Seal(rest[0], rest.Slice(header, (int)size));
            rest = rest[(header + (int)size)..];
        }

        control.Sent(control.Unsent.Count);
    }

    private void Seal(byte flags, ReadOnlySpan<byte> body)
    {
        int needed = _written + CurveTraffic.FrameLength(body.Length);
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, 2 * _bytes.Length));
        }

        _written += _traffic.Seal(flags, body, _bytes.AsSpan(_written));
    }
}
