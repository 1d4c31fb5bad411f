using System.Diagnostics;
using System.Text;

namespace Actors.Zmtp.Protocol;

/// <summary>The peer's greeting, as far as its octets have arrived.</summary>
internal enum GreetingStatus
{
    /// <summary>Too few octets to tell.</summary>
    Incomplete,

    /// <summary>The peer speaks ZMTP 3.0 or later.</summary>
    Zmtp3,

    /// <summary>The peer speaks ZMTP 2.0.</summary>
    Zmtp2,

    /// <summary>The peer speaks ZMTP 1.0, which carries no version, or no ZMTP at all.</summary>
    Unversioned,

    /// <summary>The octets begin like a signature and do not end like one.</summary>
    BadSignature,
}

/// <summary>
/// The greeting with which each end of a connection begins (https://rfc.zeromq.org/spec/37/, "Formal Grammar"):
/// <code>
/// greeting = signature version mechanism as-server filler     ; 64 octets
/// signature = %xFF padding %x7F
/// padding = 8OCTET                                            ; not significant
/// version = version-major version-minor
/// mechanism = 20mechanism-char                                ; null padded
/// as-server = %x00 | %x01
/// filler = 31%x00
/// </code>
/// It is sent in two parts, so that older peers can be served: the first 11 octets at once, the rest when the peer's
/// major version is known ("Backwards Interoperability", "Detecting ZMTP 2.0 Peers").
/// </summary>
internal static class Greeting
{
    public const int Length = 64;
    public const int SignatureLength = 10;

    /// <summary>Signature and major version, which every peer can read.</summary>
    public const int FirstPartLength = 11;

    /// <summary>Minor version, mechanism, as-server and filler.</summary>
    public const int SecondPartLength = Length - FirstPartLength;

    public const int MechanismLength = 20;

    private const byte Major = 3;
    private const byte Minor = 1;
    private const int MajorOffset = 10;
    private const int MinorOffset = 11;
    private const int MechanismOffset = 12;
    private const int AsServerOffset = 32;

    /// <summary>Writes signature and major version: 11 octets.</summary>
    public static void WriteFirstPart(Span<byte> destination)
    {
        destination[..FirstPartLength].Clear();
        destination[0] = 0xFF;
        destination[SignatureLength - 1] = 0x7F;
        destination[MajorOffset] = Major;
    }

    /// <summary>Writes what follows the major version: 53 octets.</summary>
    public static void WriteSecondPart(Span<byte> destination, string mechanism, bool asServer)
    {
        Debug.Assert(mechanism.Length is > 0 and <= MechanismLength, "A mechanism name has 1 to 20 octets.");
        destination[..SecondPartLength].Clear();
        destination[MinorOffset - FirstPartLength] = Minor;
        Encoding.ASCII.GetBytes(mechanism, destination.Slice(MechanismOffset - FirstPartLength, MechanismLength));
        destination[AsServerOffset - FirstPartLength] = asServer ? (byte)1 : (byte)0;
    }

    /// <summary>
    /// Tells the peer's generation from the first octets of its greeting, as soon as they suffice:
    /// the first octet, the tenth, the eleventh.
    /// </summary>
    public static GreetingStatus Detect(ReadOnlySpan<byte> received)
    {
        if (received.Length >= 1 && received[0] != 0xFF)
            return GreetingStatus.Unversioned;

        if (received.Length >= SignatureLength)
        {
            var last = received[SignatureLength - 1];
            if ((last & 1) == 0)
                return GreetingStatus.Unversioned;
            if (last != 0x7F)
                return GreetingStatus.BadSignature;
        }

        if (received.Length < FirstPartLength)
            return GreetingStatus.Incomplete;

        return received[MajorOffset] switch
        {
            0 => GreetingStatus.Unversioned,
            1 or 2 => GreetingStatus.Zmtp2,
            _ => GreetingStatus.Zmtp3,
        };
    }

    /// <summary>
    /// The revision to speak with a peer of this 64 octet greeting. A higher one than ours means ours
    /// ("A peer SHALL always use its own protocol when talking to an equal or higher protocol peer").
    /// </summary>
    public static ZmtpRevision Revision(ReadOnlySpan<byte> greeting)
    {
        return greeting[MajorOffset] == 3 && greeting[MinorOffset] == 0 ? ZmtpRevision.Zmtp30 : ZmtpRevision.Zmtp31;
    }

    /// <summary>The mechanism field without its padding.</summary>
    public static ReadOnlySpan<byte> Mechanism(ReadOnlySpan<byte> greeting)
    {
        return greeting.Slice(MechanismOffset, MechanismLength).TrimEnd((byte)0);
    }

    public static bool AsServer(ReadOnlySpan<byte> greeting)
    {
        return greeting[AsServerOffset] != 0;
    }
}
