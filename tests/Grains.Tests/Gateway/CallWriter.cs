using System.Buffers.Binary;
using System.Text;
using Actors.Transport;

namespace Grains.Tests.Gateway;

/// <summary>Writes requests as a client does that knows only docs/protocols/grains.md.</summary>
internal static class CallWriter
{
    public static readonly byte[] Client = [.. Enumerable.Range(1, 16).Select(octet => (byte)octet)];

    /// <summary>The call frame of the full form.</summary>
    public static byte[] Frame(string kind, string key, string method, uint remaining = 0, byte[]? trace = null, byte version = 1, byte? flags = null)
    {
        var frame = new List<byte> { (byte)'G', (byte)'C', version, flags ?? (byte)(trace is null ? 0 : 1) };
        frame.AddRange(BigEndian(remaining));
        frame.AddRange(trace ?? []);
        frame.Add((byte)Encoding.UTF8.GetByteCount(kind));
        frame.AddRange(Encoding.UTF8.GetBytes(kind));
        frame.AddRange(BigEndian((uint)Encoding.UTF8.GetByteCount(key)));
        frame.AddRange(Encoding.UTF8.GetBytes(key));
        frame.Add((byte)Encoding.UTF8.GetByteCount(method));
        frame.AddRange(Encoding.UTF8.GetBytes(method));
        return [.. frame];
    }

    /// <summary>The bare form, as a REQ socket sends it.</summary>
    public static Message Bare(string kind, string key, string method, string arguments) => Message.FromText("", kind, key, method, arguments);

    /// <summary>The full form, with an id.</summary>
    public static Message Full(ulong number, string kind, string key, string method, string arguments, uint remaining = 0, byte[]? trace = null, byte[]? client = null) =>
        new(Id(number, client), Array.Empty<byte>(), Frame(kind, key, method, remaining, trace), Encoding.UTF8.GetBytes(arguments));

    /// <summary>The id of a request.</summary>
    public static byte[] Id(ulong number, byte[]? client = null, char last = 'Q')
    {
        var id = new byte[28];
        new[] { (byte)0, (byte)'R', (byte)last, (byte)1 }.CopyTo(id, 0);
        (client ?? Client).CopyTo(id, 4);
        BinaryPrimitives.WriteUInt64BigEndian(id.AsSpan(20), number);
        return id;
    }

    private static byte[] BigEndian(uint value)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, value);
        return octets;
    }
}
