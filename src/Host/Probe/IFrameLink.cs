using Actors.Zmtp.Protocol;

namespace Actors.Host.Probe;

/// <summary>A frame of ZMTP: its flags, as <see cref="FrameFlags"/> has them, and its body.</summary>
internal readonly record struct Frame(byte Flags, byte[] Body)
{
    public bool IsCommand => (Flags & FrameFlags.Command) != 0;
}

/// <summary>A connection that has exchanged greetings, and carries frames.</summary>
internal interface IFrameLink : IAsyncDisposable
{
    /// <summary>The next frame; null when the peer has ended the connection.</summary>
    /// <exception cref="ProbeFailure">What came is no frame, or too large.</exception>
    Task<Frame?> Read(CancellationToken deadline);

    /// <summary>Sends whole frames. A connection that the peer has ended tells so at the next read.</summary>
    Task Write(ReadOnlyMemory<byte> frames, CancellationToken deadline);
}

/// <summary>What the peer's greeting says, over tcp and ipc, or its upgrade to WebSocket.</summary>
/// <param name="Zmtp">The revision that it announces, as "3.1".</param>
/// <param name="Mechanism">What does not print is "_".</param>
/// <param name="Revision">The revision to speak.</param>
/// <param name="RoundTrip">How long it took to be answered.</param>
/// <param name="By">By what.</param>
internal sealed record PeerGreeting(string Zmtp, string Mechanism, ZmtpRevision Revision, TimeSpan RoundTrip, RoundTripKind By);
