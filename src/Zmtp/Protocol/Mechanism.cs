using System.Buffers;
using System.Text;
using Actors.Zmtp.Security.Curve;
using Actors.Zmtp.Security.Zap;

namespace Actors.Zmtp.Protocol;

/// <summary>The part that all mechanisms share: metadata, refusals, and the answer of the process's handler.</summary>
internal abstract class Mechanism(HandshakeOptions options) : IMechanism
{
    private ZapReply? _allowed;
    private ZmtpRevision _revision;

    public abstract string Name { get; }

    public abstract bool AsServer { get; }

    public PeerInfo? Peer { get; private set; }

    public HandshakeFailure? Failure { get; private set; }

    public CurveTraffic? Traffic { get; protected set; }

    public ZapRequest? Request { get; private set; }

    protected HandshakeOptions Options { get; } = options;

    public MechanismOutcome Start(ZmtpRevision revision, IBufferWriter<byte> output)
    {
        _revision = revision;
        return Begin(output);
    }

    public abstract MechanismOutcome Receive(Command command, IBufferWriter<byte> output);

    public MechanismOutcome Authenticated(ZapReply reply, IBufferWriter<byte> output)
    {
        if (Request is null)
            throw new InvalidOperationException($"{Name} has asked for nothing.");
        if (reply.IsAllowed)
        {
            _allowed = reply;
            Peer = Peer is null ? null : reply.Complete(Peer);
            return Admit(output);
        }

        string text = $"the peer was not let in, with the status {reply.StatusCode}: {reply.StatusText}";
        if (reply.IsRefusal)
        {
            // The code and not the text, which is for this end only.
            WriteError(reply.StatusCode, output);
        }

        return Fail(HandshakeFailureReason.NotAuthenticated, text);
    }

    protected abstract MechanismOutcome Begin(IBufferWriter<byte> output);

    /// <summary>Goes on when the handler has let the peer in.</summary>
    protected virtual MechanismOutcome Admit(IBufferWriter<byte> output)
        => throw new InvalidOperationException($"This end of {Name} has asked for nothing.");

    /// <summary>Waits for what the handler says of the peer.</summary>
    protected MechanismOutcome Ask(params byte[][] credentials)
    {
        ReadOnlyMemory<byte> identity = default;
        Peer?.Metadata.TryGet(Metadata.Identity, out identity);
        Request = new ZapRequest(Name, identity, credentials);
        return MechanismOutcome.Authenticating;
    }

    /// <summary>Ends without a word.</summary>
    protected virtual MechanismOutcome Fail(HandshakeFailure failure)
    {
        Failure = failure;
        return MechanismOutcome.Failed;
    }

    protected MechanismOutcome Fail(HandshakeFailureReason reason, string text) => Fail(new HandshakeFailure(reason, text));

    /// <summary>Ends, and tells the peer why, which then is not to come again with what it has.</summary>
    protected MechanismOutcome Refuse(HandshakeFailure failure, IBufferWriter<byte> output)
    {
        WriteError(failure.Text, output);
        return Fail(failure);
    }

    protected static HandshakeFailure Unexpected(Command command, string expected)
        => new(HandshakeFailureReason.UnexpectedCommand, $"the peer sent the command {Encoding.ASCII.GetString(command.Name)}, expected was {expected}");

    protected MechanismOutcome ReceiveError(ReadOnlySpan<byte> data)
        => ErrorCommand.TryParse(data, out string reason)
            ? Fail(new HandshakeFailure(HandshakeFailureReason.RefusedByPeer, $"the peer refused with the reason \"{reason}\"") { PeerReason = reason })
            : Fail(HandshakeFailureReason.MalformedCommand, "the ERROR of the peer has no reason of the stated length");

    /// <summary>Reads the properties of the peer, of which <see cref="Peer"/> is made; null, or what is wrong with them.</summary>
    protected HandshakeFailure? ReadMetadata(ReadOnlySpan<byte> data, string command)
    {
        if (!Metadata.TryParse(data, Options.MaxProperties, out Metadata? metadata, out string? error))
            return new(HandshakeFailureReason.MalformedCommand, $"the {command} of the peer is malformed: {error}");
        if (!PeerInfo.TryCreate(Options, _revision, metadata, out PeerInfo? peer, out HandshakeFailure? failure))
            return failure;
        Peer = _allowed?.Complete(peer) ?? peer;
        return null;
    }

    /// <summary>Writes a command of this end's properties.</summary>
    protected void WriteMetadata(ReadOnlySpan<byte> name, IBufferWriter<byte> output)
    {
        Metadata metadata = Options.LocalMetadata();
        int length = metadata.EncodedLength;
        Span<byte> frame = output.GetSpan(Command.FrameLength(name.Length, length));
        int offset = Command.WriteHeader(frame, name, length);
        output.Advance(offset + metadata.Write(frame[offset..]));
    }

    private static void WriteError(string text, IBufferWriter<byte> output)
        => output.Advance(ErrorCommand.Write(output.GetSpan(ErrorCommand.FrameLength(text)), text));
}
