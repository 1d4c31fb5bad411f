using System.Diagnostics.CodeAnalysis;
using System.Text;
using Akka.Actor;

namespace Actors.Remoting.Wire;

/// <summary>The frames that begin and end an association: ASSOCIATE with the address of the node that connects, ACCEPT and GOODBYE.</summary>
internal static class AssociateFrame
{
    public const byte Version = 1;

    private const int MostAddress = 1024;
    private const int MostReason = 512;

    private static ReadOnlySpan<byte> Magic => "AKZ"u8;

    public static byte[] Associate(Address origin) => [(byte)FrameKind.Associate, .. Magic, Version, .. Encoding.UTF8.GetBytes(origin.ToString())];

    public static byte[] Accept() => [(byte)FrameKind.Accept, .. Magic, Version];

    public static byte[] Goodbye(string reason)
    {
        var text = Encoding.UTF8.GetBytes(reason);
        return [(byte)FrameKind.Goodbye, .. text.AsSpan(0, Math.Min(text.Length, MostReason))];
    }

    /// <summary>Reads an ASSOCIATE.</summary>
    /// <param name="frame">The frame, whatever a peer has sent.</param>
    /// <param name="origin">The address of the node that has sent it.</param>
    /// <param name="fault">A sentence for that node.</param>
    public static bool TryReadAssociate(ReadOnlySpan<byte> frame, [NotNullWhen(true)] out Address? origin, [NotNullWhen(false)] out string? fault)
    {
        origin = null;
        if ((fault = FaultOf(frame, FrameKind.Associate)) is not null) return false;
        var text = frame[(Magic.Length + 2)..];
        if (text.Length is > 0 and <= MostAddress && TryParse(Encoding.UTF8.GetString(text)) is { Host: not null, Port: not null } parsed)
        {
            origin = parsed;
            return true;
        }
        fault = "the ASSOCIATE frame has no address of a node, such as zmq://name@host:port";
        return false;
    }

    /// <summary>Says what is wrong with the answer to an ASSOCIATE; null when it is an ACCEPT.</summary>
    public static string? FaultOfAnswer(ReadOnlySpan<byte> frame)
        => frame is [(byte)FrameKind.Goodbye, ..] ? $"the node refused: {Reason(frame)}" : FaultOf(frame, FrameKind.Accept);

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
        return version == Version ? null : $"the protocol's version {version} is not spoken here, expected was {Version}";
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
