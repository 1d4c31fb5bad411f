using System.Diagnostics;
using System.Text;
using Actors.Zmtp;
using Actors.Zmtp.Protocol;

namespace Actors.Host.Probe;

/// <summary>
/// Exchanges greetings. This end shows its mechanism only when the peer has shown its own, or waits for it, so that no peer sees a
/// mechanism that it must refuse.
/// </summary>
internal static class GreetingExchange
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(300);

    /// <summary>Greets as far as the peer's mechanism is known; null when the peer has said nothing at all within the patience.</summary>
    /// <exception cref="ProbeFailure">The peer is none of ZMTP 2.0 or later.</exception>
    public static async Task<PeerGreeting?> Hear(ByteLink link, string ownMechanism, TimeSpan patienceForFirst, CancellationToken deadline)
    {
        var first = new byte[Greeting.FirstPartLength];
        Greeting.WriteFirstPart(first);
        var sent = Stopwatch.GetTimestamp();
        await link.Write(first, deadline);
        if (!await Answers(link, patienceForFirst, deadline)) return null;
        var status = await Detect(link, deadline);
        if (status == GreetingStatus.Zmtp2) return new PeerGreeting("2.0", NullMechanism.MechanismName, ZmtpRevision.Zmtp20, Stopwatch.GetElapsedTime(sent), RoundTripKind.Greeting);
        if (status != GreetingStatus.Zmtp3) throw await NotZmtp(link, status, deadline);

        var showsAll = false;
        using (var patience = CancellationTokenSource.CreateLinkedTokenSource(deadline))
        {
            patience.CancelAfter(s_patience);
            try
            {
                showsAll = await ReadWhole(link, patience.Token);
            }
            catch (OperationCanceledException) when (!deadline.IsCancellationRequested)
            {
                // It waits for the whole of this end's greeting.
            }
        }
        if (!showsAll)
        {
            sent = Stopwatch.GetTimestamp();
            await ShowMechanism(link, ownMechanism, deadline);
            await ReadWhole(link, deadline);
        }
        var roundTrip = Stopwatch.GetElapsedTime(sent);
        var greeting = Read(link.Received, roundTrip);
        link.Take(Greeting.Length);
        if (showsAll && greeting.Mechanism == ownMechanism) await ShowMechanism(link, ownMechanism, deadline);
        return greeting;
    }

    /// <summary>Socket type and identity of a peer of ZMTP 2.0, which it tells in its greeting.</summary>
    public static async Task<(ZmqSocketType Type, byte[] Identity)> HearZmtp20(ByteLink link, CancellationToken deadline)
    {
        const int behind = Greeting.FirstPartLength;
        while (link.Received.Length < behind + Zmtp20Greeting.HeaderLength || link.Received.Length < behind + Zmtp20Greeting.HeaderLength + link.Received[behind + 2])
        {
            if (!await link.Fill(deadline)) throw new ProbeFailure(ProbeOutcome.HandshakeFailed, "it speaks ZMTP 2.0, and ends the connection before it tells its socket type");
        }
        var tail = link.Received[behind..];
        return SocketTypes.TryParseZmtp20(tail[0], out var type)
            ? (type, tail.Slice(Zmtp20Greeting.HeaderLength, tail[2]).ToArray())
            : throw new ProbeFailure(ProbeOutcome.HandshakeFailed, $"it speaks ZMTP 2.0, and tells the socket type 0x{tail[0]:x2}, which ZMTP does not have");
    }

    /// <summary>Waits until the peer says something, or ends the connection; false when it does neither within the patience.</summary>
    private static async Task<bool> Answers(ByteLink link, TimeSpan patience, CancellationToken deadline)
    {
        using var first = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        first.CancelAfter(patience);
        try
        {
            await link.Fill(first.Token);
            return true;
        }
        catch (OperationCanceledException) when (!deadline.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task<GreetingStatus> Detect(ByteLink link, CancellationToken deadline)
    {
        while (true)
        {
            var status = Greeting.Detect(link.Received);
            if (status != GreetingStatus.Incomplete) return status;
            if (!await link.Fill(deadline))
            {
                throw link.Received.IsEmpty
                    ? new ProbeFailure(ProbeOutcome.Closed, "it accepts the connection and closes it without a word: another protocol, a proxy without a server behind it, or a limit of connections")
                    : new ProbeFailure(ProbeOutcome.HandshakeFailed, $"it ends the connection after {link.Received.Length} bytes of a greeting of ZMTP");
            }
        }
    }

    private static async Task<bool> ReadWhole(ByteLink link, CancellationToken deadline)
    {
        while (link.Received.Length < Greeting.Length)
        {
            if (!await link.Fill(deadline)) throw new ProbeFailure(ProbeOutcome.HandshakeFailed, $"it ends the connection after {link.Received.Length} of the {Greeting.Length} bytes of a greeting of ZMTP 3");
        }
        return true;
    }

    private static Task ShowMechanism(ByteLink link, string mechanism, CancellationToken deadline)
    {
        var second = new byte[Greeting.SecondPartLength];
        Greeting.WriteSecondPart(second, mechanism, asServer: false);
        return link.Write(second, deadline);
    }

    private static PeerGreeting Read(ReadOnlySpan<byte> octets, TimeSpan roundTrip) => new(
        $"{octets[Greeting.SignatureLength]}.{octets[Greeting.SignatureLength + 1]}",
        Text.Printable(Greeting.Mechanism(octets)),
        Greeting.Revision(octets),
        roundTrip,
        RoundTripKind.Greeting);

    /// <summary>Waits a little for the rest of what the peer says first, and tells what it looks like.</summary>
    private static async Task<ProbeFailure> NotZmtp(ByteLink link, GreetingStatus status, CancellationToken deadline)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        patience.CancelAfter(s_patience);
        try
        {
            while (link.Received.Length < ForeignProtocol.Enough && await link.Fill(patience.Token))
            {
                // Fill has taken what there is.
            }
        }
        catch (OperationCanceledException)
        {
            // What has come has to do.
        }
        var looksLike = ForeignProtocol.Of(link.Received);
        var begins = Text.Quote(link.Received, 40);
        return new NotZmtpFailure(looksLike, looksLike is not null
            ? $"it looks like {looksLike}: it says {begins}"
            : $"it says {begins}, which is {(status == GreetingStatus.BadSignature ? "almost a greeting of ZMTP" : "the beginning of no protocol that the probe knows")}");
    }
}
