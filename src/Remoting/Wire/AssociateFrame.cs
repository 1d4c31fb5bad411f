using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Akka.Actor;

namespace Actors.Remoting.Wire;

/// <summary>
/// The frames that begin and end an association: ASSOCIATE with the address of the node that connects, ACCEPT and GOODBYE. The first two
/// tell the incarnation of their sender: a number that another process at the same address does not have.
/// </summary>
internal static class AssociateFrame
{
    public const byte Version = 1;

    private const int MostAddress = 1024;
    private const int MostReason = 512;
    private const int IncarnationSize = sizeof(ulong);

    // Of an ACCEPT: kind, magic, version, incarnation. An ASSOCIATE has another incarnation, and the address.
    private const int HeadSize = 5 + IncarnationSize;

    private static ReadOnlySpan<byte> Magic => "AKZ"u8;

    public static byte[] Associate(AssociateContent content)
        => [.. Head(FrameKind.Associate, content.Incarnation), .. Octets(content.Believed), .. Encoding.UTF8.GetBytes(content.Origin.ToString())];

    public static byte[] Accept(ulong incarnation) => Head(FrameKind.Accept, incarnation);

    public static byte[] Goodbye(string reason)
    {
        var text = Encoding.UTF8.GetBytes(reason);
        return [(byte)FrameKind.Goodbye, .. text.AsSpan(0, Math.Min(text.Length, MostReason))];
    }

    /// <summary>Reads an ASSOCIATE.</summary>
    /// <param name="frame">The frame, whatever a peer has sent.</param>
    /// <param name="content">What it tells.</param>
    /// <param name="fault">A sentence for that node.</param>
    public static bool TryReadAssociate(ReadOnlySpan<byte> frame, [NotNullWhen(true)] out AssociateContent? content, [NotNullWhen(false)] out string? fault)
    {
        content = null;
        if ((fault = FaultOf(frame, FrameKind.Associate)) is not null) return false;
        var text = frame[(HeadSize + IncarnationSize)..];
        if (text.Length is > 0 and <= MostAddress && TryParse(Encoding.UTF8.GetString(text)) is { Host: not null, Port: not null } parsed)
        {
            content = new AssociateContent(parsed, IncarnationOf(frame), BinaryPrimitives.ReadUInt64BigEndian(frame[HeadSize..]));
            return true;
        }
        fault = "the ASSOCIATE frame has no address of a node, such as zmq://name@host:port";
        return false;
    }

    /// <summary>Says what is wrong with the answer to an ASSOCIATE; null when it is an ACCEPT.</summary>
    public static string? FaultOfAnswer(ReadOnlySpan<byte> frame)
        => frame is [(byte)FrameKind.Goodbye, ..] ? $"the node refused: {Reason(frame)}" : FaultOf(frame, FrameKind.Accept);

    /// <summary>The incarnation of the sender of an ACCEPT without fault.</summary>
    public static ulong IncarnationOf(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadUInt64BigEndian(frame[(HeadSize - IncarnationSize)..]);

    /// <summary>The sentence of a GOODBYE, fit for a log.</summary>
    public static string Reason(ReadOnlySpan<byte> goodbye)
    {
        var text = goodbye.Length > 1 ? Encoding.UTF8.GetString(goodbye[1..Math.Min(goodbye.Length, MostReason + 1)]) : "";
        return string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
    }

    private static string? FaultOf(ReadOnlySpan<byte> frame, FrameKind kind)
    {
        if (frame.Length < Magic.Length + 2 || frame[0] != (byte)kind || !frame[1..].StartsWith(Magic))
            return $"expected was {(kind == FrameKind.Associate ? "an ASSOCIATE" : "an ACCEPT")} frame, which begins with {Convert.ToHexString([(byte)kind, .. Magic])}; came {frame.Length} bytes{(frame.IsEmpty ? "" : $" that begin with {Convert.ToHexString(frame[..Math.Min(4, frame.Length)])}")}";
        var version = frame[Magic.Length + 1];
        if (version != Version) return $"the protocol's version {version} is not spoken here, expected was {Version}";
        var least = kind == FrameKind.Associate ? HeadSize + IncarnationSize : HeadSize;
        return frame.Length >= least ? null : $"the frame ends within the incarnations, after {frame.Length} bytes of at least {least}";
    }

    private static byte[] Head(FrameKind kind, ulong incarnation) => [(byte)kind, .. Magic, Version, .. Octets(incarnation)];

    private static byte[] Octets(ulong incarnation)
    {
        var octets = new byte[IncarnationSize];
        BinaryPrimitives.WriteUInt64BigEndian(octets, incarnation);
        return octets;
    }

    private static Address? TryParse(string text)
    {
        try
        {
            return Address.Parse(text);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or UriFormatException)
        {
            return null;
        }
    }
}
