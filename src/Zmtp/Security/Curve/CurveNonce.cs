using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Actors.Zmtp.Security.Curve;

/// <summary>
/// The nonces of CurveZMQ, 24 octets (https://rfc.zeromq.org/spec/26/): a short one is a counter of 8 octets behind a
/// name of 16, a long one 16 random octets behind a name of 8.
/// </summary>
internal static class CurveNonce
{
    public const int ShortLength = 8;
    public const int LongLength = 16;

    public static ReadOnlySpan<byte> Hello => "CurveZMQHELLO---"u8;

    public static ReadOnlySpan<byte> Initiate => "CurveZMQINITIATE"u8;

    public static ReadOnlySpan<byte> Ready => "CurveZMQREADY---"u8;

    public static ReadOnlySpan<byte> MessageOfServer => "CurveZMQMESSAGES"u8;

    public static ReadOnlySpan<byte> MessageOfClient => "CurveZMQMESSAGEC"u8;

    public static ReadOnlySpan<byte> Welcome => "WELCOME-"u8;

    public static ReadOnlySpan<byte> Cookie => "COOKIE--"u8;

    public static ReadOnlySpan<byte> Vouch => "VOUCH---"u8;

    /// <summary>Puts the name before what was sent of the nonce.</summary>
    public static void Compose(Span<byte> nonce, ReadOnlySpan<byte> name, ReadOnlySpan<byte> sent)
    {
        name.CopyTo(nonce);
        sent.CopyTo(nonce[name.Length..]);
    }

    /// <summary>Writes a counter as it is sent, and the whole nonce.</summary>
    public static void WriteShort(Span<byte> sent, ulong counter, Span<byte> nonce, ReadOnlySpan<byte> name)
    {
        BinaryPrimitives.WriteUInt64BigEndian(sent, counter);
        Compose(nonce, name, sent[..ShortLength]);
    }

    /// <summary>Makes up a long nonce as it is sent, and the whole of it.</summary>
    public static void WriteLong(Span<byte> sent, Span<byte> nonce, ReadOnlySpan<byte> name)
    {
        RandomNumberGenerator.Fill(sent[..LongLength]);
        Compose(nonce, name, sent[..LongLength]);
    }
}
