using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Security.Curve;

namespace Actors.Zmtp.Connections;

/// <summary>Sealed octets as they arrive, which are opened into a pipe. The memory grows with what arrives, not with what a peer announces.</summary>
internal sealed class SealedInput
{
    private const int Size = 64 * 1024;
    private const int LeastRoom = 2 * 1024;

    private readonly CurveTraffic _traffic;
    private readonly long _largest;
    private byte[] _bytes = new byte[Size];
    private int _begin;
    private int _end;

    public SealedInput(CurveTraffic traffic, long maxMessageSize)
    {
        _traffic = traffic;
        // Commands may be longer than messages; the pipe holds both against their own limits.
        _largest = CurveTraffic.Overhead + (maxMessageSize < 0 ? Array.MaxLength - 2L * CurveTraffic.Overhead : Math.Max(maxMessageSize, BlockPool.LargeFrame));
    }

    /// <summary>The rule of CURVE that the peer broke; null for none.</summary>
    public string? Error { get; private set; }

    /// <summary>Memory to receive into; never empty.</summary>
    public Memory<byte> GetMemory()
    {
        if (_begin == _end)
        {
            _begin = _end = 0;
            if (_bytes.Length > 16 * Size)
            {
                _bytes = new byte[Size];
            }
        }
        else if (_bytes.Length - _end < LeastRoom)
        {
            byte[] target = _end - _begin > _bytes.Length / 2 ? new byte[(int)Math.Min(2L * _bytes.Length, Array.MaxLength)] : _bytes;
            _bytes.AsSpan(_begin, _end - _begin).CopyTo(target);
            _bytes = target;
            _end -= _begin;
            _begin = 0;
        }

        return _bytes.AsMemory(_end);
    }

    public void Received(int count) => _end += count;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            Span<byte> target = GetMemory().Span;
            int count = Math.Min(target.Length, bytes.Length);
            bytes[..count].CopyTo(target);
            bytes = bytes[count..];
            _end += count;
        }
    }

    /// <summary>Opens all frames that are there whole. False when the peer broke a rule, of CURVE or of the pipe.</summary>
    public bool Open(InboundQueue inbound)
    {
        Span<byte> target = inbound.GetMemory().Span;
        int used = 0;
        while (TryReadFrame(out int header, out int size))
        {
            ReadOnlySpan<byte> body = _bytes.AsSpan(_begin + header, size);
            int payload = size - CurveTraffic.Overhead;
            int plainHeader = payload > byte.MaxValue ? FrameHeader.MaxLength : FrameHeader.ShortLength;
            if (used > 0 && used + plainHeader + payload > target.Length)
            {
                if (!inbound.Received(used))
                {
                    return false;
                }

                used = 0;
                target = inbound.GetMemory().Span;
            }

            if (used + plainHeader + payload <= target.Length)
            {
                // The flags come out before the payload, where the header then is written over them.
                Span<byte> opened = target[(used + plainHeader - 1)..];
                if (!_traffic.TryOpen(body, opened, out string error))
                {
                    return Broken(error, inbound, used);
                }

                FrameHeader.Write(target[used..], opened[0], payload);
                used += plainHeader + payload;
            }
            else if (!OpenLarge(inbound, header, size))
            {
                return false;
            }
            else
            {
                target = inbound.GetMemory().Span;
            }

            _begin += header + size;
        }

        return Error is null ? used == 0 || inbound.Received(used) : Broken(Error, inbound, used);
    }

    private bool OpenLarge(InboundQueue inbound, int header, int size)
    {
        Span<byte> body = _bytes.AsSpan(_begin + header, size);
        Span<byte> opened = body[CurveTraffic.FlagsOffset..];
        if (!_traffic.TryOpen(body, opened, out string error))
        {
            Error = error;
            return false;
        }

        Span<byte> plainHeader = stackalloc byte[FrameHeader.MaxLength];
        int length = FrameHeader.Write(plainHeader, opened[0], opened.Length - 1);
        return inbound.Append(plainHeader[..length]) && inbound.Append(opened[1..]);
    }

    /// <summary>Octets that came before the break still go to the pipe.</summary>
    private bool Broken(string error, InboundQueue inbound, int used)
    {
        Error = error;
        if (used > 0)
        {
            inbound.Received(used);
        }

        return false;
    }

    private bool TryReadFrame(out int header, out int size)
    {
        size = 0;
        ReadOnlySpan<byte> rest = _bytes.AsSpan(_begin, _end - _begin);
        if (!FrameHeader.Read(rest, out header, out long length))
        {
            return false;
        }

        if ((rest[0] & ~(FrameFlags.Long | FrameFlags.Command)) != 0)
        {
            Error = $"a frame has the flags 0x{rest[0]:x2}, a MESSAGE has neither MORE nor reserved ones";
            return false;
        }

        if (length < CurveTraffic.Overhead || length > _largest)
        {
            Error = $"a frame has {(ulong)length} octets, a MESSAGE has {CurveTraffic.Overhead} to {_largest}";
            return false;
        }

        size = (int)length;
        return rest.Length - header >= length;
    }
}
