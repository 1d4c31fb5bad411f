using Actors.Zmtp.Connections;
using Actors.Zmtp.Pipes;

namespace Actors.Zmtp.Protocol;

/// <summary>
/// Subscribing and cancelling, to peers of ZMTP 3.1 (https://rfc.zeromq.org/spec/37/, "The Publish-Subscribe Pattern"):
/// <code>
/// subscribe = command-size %d9 "SUBSCRIBE" subscription
/// cancel = command-size %d6 "CANCEL" subscription
/// subscription = *OCTET
/// </code>
/// Peers of ZMTP 3.0 and 2.0 take a message instead, of %x01 or %x00 and the subscription
/// (https://rfc.zeromq.org/spec/23/ and https://rfc.zeromq.org/spec/15/, "Publish-Subscribe").
/// </summary>
internal static class SubscriptionCommand
{
    public static int FrameLength(bool subscribe, int prefixLength)
    {
        return Command.FrameLength(NameOf(subscribe).Length, prefixLength);
    }

    /// <summary>Writes the whole frame and returns its length.</summary>
    public static int Write(Span<byte> destination, bool subscribe, ReadOnlySpan<byte> prefix)
    {
        return Command.Write(destination, NameOf(subscribe), prefix);
    }

    /// <summary>Writes a change as a peer of the revision takes it.</summary>
    public static void Write(ZmtpRevision revision, ControlBuffer output, bool subscribe, ReadOnlySpan<byte> prefix)
    {
        if (revision >= ZmtpRevision.Zmtp31)
        {
            int length = FrameLength(subscribe, prefix.Length);
            Write(output.GetSpan(length), subscribe, prefix);
            output.Advance(length);
            return;
        }

        Span<byte> target = output.GetSpan(FrameHeader.MaxLength + 1 + prefix.Length);
        int header = FrameHeader.Write(target, 0, 1 + prefix.Length);
        target[header] = subscribe ? (byte)1 : (byte)0;
        prefix.CopyTo(target[(header + 1)..]);
        output.Advance(header + 1 + prefix.Length);
    }

    private static ReadOnlySpan<byte> NameOf(bool subscribe) => subscribe ? "SUBSCRIBE"u8 : "CANCEL"u8;
}
