using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Actors.Grains;

namespace Chaos.Grains;

/// <summary>A client of docs/protocols/grains.md, written from that page: the frames of its requests, and the ids of its calls.</summary>
internal sealed class ClientId(byte[] id)
{
    private readonly CallId _first = CallId.Read(SHA256.HashData(id));

    /// <summary>The frame that a reply bears, too.</summary>
    public byte[] RequestId(ulong number)
    {
        var frame = new byte[28];
        "\0RQ\x1"u8.CopyTo(frame);
        id.CopyTo(frame, 4);
        BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(20), number);
        return frame;
    }

    /// <summary>The same call for whoever calls by a proxy (section 6).</summary>
    public CallId CallOf(ulong number)
    {
        var sum = new UInt128(_first.High, _first.Low) + number;
        return new CallId((ulong)(sum >> 64), (ulong)sum);
    }

    /// <summary>The number of a call of this client.</summary>
    public ulong NumberOf(CallId call) => (ulong)(new UInt128(call.High, call.Low) - new UInt128(_first.High, _first.Low));

    /// <summary>The call frame of section 4.</summary>
    public static byte[] CallFrame(string kind, string key, string method, TimeSpan time)
    {
        var frame = new MemoryStream();
        frame.Write("GC\x1\0"u8);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)Math.Max(1, time.TotalMilliseconds));
        frame.Write(length);
        frame.WriteByte((byte)Encoding.UTF8.GetByteCount(kind));
        frame.Write(Encoding.UTF8.GetBytes(kind));
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)Encoding.UTF8.GetByteCount(key));
        frame.Write(length);
        frame.Write(Encoding.UTF8.GetBytes(key));
        frame.WriteByte((byte)Encoding.UTF8.GetByteCount(method));
        frame.Write(Encoding.UTF8.GetBytes(method));
        return frame.ToArray();
    }
}
