using System.Net.Sockets;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;

namespace Actors.Host.Probe;

/// <summary>The frames of a tcp or ipc connection, and its bytes before there are frames.</summary>
internal sealed class ByteLink(Socket socket) : IFrameLink
{
    /// <summary>Bytes of the largest frame that is read; whoever sends a larger one is not waited for.</summary>
    public const int MaxFrame = 1 << 20;

    private byte[] _buffer = new byte[1024];
    private int _start;
    private int _end;

    public string Address => socket.RemoteEndPoint switch
    {
        System.Net.IPEndPoint ip => "tcp://" + (ip.Address.IsIPv4MappedToIPv6 ? new System.Net.IPEndPoint(ip.Address.MapToIPv4(), ip.Port) : ip),
        var other => $"ipc://{other}",
    };

    /// <summary>The bytes that have come and were not taken.</summary>
    public ReadOnlySpan<byte> Received => _buffer.AsSpan(_start, _end - _start);

    public void Take(int count) => _start += count;

    /// <summary>Waits for more bytes; false when the peer has ended the connection.</summary>
    public async Task<bool> Fill(CancellationToken deadline)
    {
        if (_start > 0)
        {
            Received.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, 2 * _end);
        try
        {
            var count = await socket.ReceiveAsync(_buffer.AsMemory(_end), deadline);
            _end += count;
            return count > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public async Task<Frame?> Read(CancellationToken deadline)
    {
        while (true)
        {
            if (FrameHeader.Read(Received, out var header, out var size))
            {
                var flags = Received[0];
                if ((flags & FrameFlags.Reserved) != 0) throw new ProbeFailure(ProbeOutcome.HandshakeFailed, $"a frame of the peer has the flags 0x{flags:x2}, which ZMTP does not have");
                if (size is < 0 or > MaxFrame) throw new ProbeFailure(ProbeOutcome.HandshakeFailed, $"the peer announces a frame of {(ulong)size} bytes; the probe takes at most {MaxFrame}");
                if (Received.Length >= header + size)
                {
                    var frame = new Frame(flags, Received.Slice(header, (int)size).ToArray());
                    Take(header + (int)size);
                    return frame;
                }
            }
            if (!await Fill(deadline)) return null;
        }
    }

    public async Task Write(ReadOnlyMemory<byte> frames, CancellationToken deadline)
    {
        try
        {
            while (!frames.IsEmpty) frames = frames[await socket.SendAsync(frames, deadline)..];
        }
        catch (SocketException)
        {
            // The peer has gone, which the next read tells, behind what it had sent before.
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return default;
    }
}
