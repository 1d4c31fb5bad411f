using System.Diagnostics;

namespace Actors.Zmtp.Protocol;

/// <summary>
/// The octets behind the signature and the revision octet when the peer speaks ZMTP 2.0
/// (https://rfc.zeromq.org/spec/15/, "Formal Grammar"):
/// <code>
/// greeting = signature revision socket-type identity
/// socket-type = PAIR | PUB | SUB | REQ | REP | DEALER | ROUTER | PULL | PUSH     ; %x00 to %x08
/// identity = final-short body
/// final-short = %x00 OCTET
/// </code>
/// </summary>
internal static class Zmtp20Greeting
{
    /// <summary>Socket type, flags and length of the identity frame.</summary>
    public const int HeaderLength = 3;

    public static int TailLength(ReadOnlySpan<byte> identity) => HeaderLength + identity.Length;

    /// <summary>Writes socket type and identity, and returns how many octets that took.</summary>
    public static int WriteTail(Span<byte> destination, byte socketType, ReadOnlySpan<byte> identity)
    {
        Debug.Assert(identity.Length <= 255, "An identity has at most 255 octets.");
        destination[0] = socketType;
        destination[1] = 0x00;
        destination[2] = (byte)identity.Length;
        identity.CopyTo(destination[HeaderLength..]);
        return HeaderLength + identity.Length;
    }
}
