using System.Buffers.Binary;
using System.Text;
using Actors.Zmtp;

namespace Actors.Tests;

/// <summary>A bare DEALER or ROUTER that says exactly what the test wants: docs/protocols/broadcast.md, octet by octet.</summary>
internal sealed class BroadcastPeer(ZmqSocket socket) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private byte[]? _routingId;

    /// <summary>Sends a command; a ROUTER sends it to the peer that it has heard last.</summary>
    public void Send(string hex, params string[] more)
    {
        List<byte[]> frames = [Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), .. more.Select(Encoding.UTF8.GetBytes)];
        if (_routingId is not null) frames.Insert(0, _routingId);
        socket.SendMultipartBytes(frames);
    }

    /// <summary>The next command of that letter; heartbeats and others before it are passed over.</summary>
    public BroadcastFrames Expect(char command)
    {
        var seen = new StringBuilder();
        while (true)
        {
            var message = new ZmqMessage();
            Assert.True(socket.TryReceiveMultipartMessage(Patience, ref message), $"no '{command}' came within {Patience.TotalSeconds} s; what came: {seen}");
            if (socket is RouterSocket) _routingId = message.Pop().ToByteArray();
            var frames = new BroadcastFrames([.. message.Select(frame => frame.ToByteArray())]);
            if (frames.Command == command) return frames;
            if (seen.Length < 200) seen.Append(frames.Command);
        }
    }

    /// <summary>The text of the next ERROR, which has that code.</summary>
    public string ExpectError(byte code)
    {
        var error = Expect('E').Frames[0];
        Assert.Equal(code, error[1]);
        return Encoding.UTF8.GetString(error[2..]);
    }

    /// <summary>As a publisher: waits for a SUBSCRIBE and puts it in force, from the position of the subscriber where the epochs agree.</summary>
    public BroadcastFrames AnswerSubscribe(ulong epoch, ulong latest)
    {
        var subscribe = Expect('S');
        var position = subscribe.Number(14) == epoch ? subscribe.Number(22) : 0;
        Send($"49 {Convert.ToHexString(subscribe.Frames[0].AsSpan(6, 4))} 000003E8 {epoch:X16} {position:X16} {latest:X16}");
        return subscribe;
    }

    public void Dispose() => socket.Dispose();
}

/// <summary>The frames of a command.</summary>
internal sealed record BroadcastFrames(byte[][] Frames)
{
    public char Command => (char)Frames[0][0];

    /// <summary>The 8 octets at that place of the first frame.</summary>
    public ulong Number(int at) => BinaryPrimitives.ReadUInt64BigEndian(Frames[0].AsSpan(at));

    public string Text(int frame) => Encoding.UTF8.GetString(Frames[frame]);
}
