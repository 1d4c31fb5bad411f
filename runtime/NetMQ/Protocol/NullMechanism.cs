using System.Buffers;
using System.Text;

namespace NetMQ.Protocol;

/// <summary>
/// The NULL mechanism, without authentication and confidentiality
/// (https://rfc.zeromq.org/spec/37/, "The NULL Security Mechanism"):
/// <code>
/// null = ready *message | error
/// ready = command-size %d5 "READY" metadata
/// error = command-size %d5 "ERROR" error-reason
/// </code>
/// The connecting end is the client: it sends READY and waits for one. The bound end waits, checks, and answers with READY or ERROR.
/// </summary>
internal sealed class NullMechanism(HandshakeOptions options) : IMechanism
{
    public const string MechanismName = "NULL";

    private enum State
    {
        Created,
        WaitingForReady,
        Done,
        Failed,
    }

    private State _state;
    private ZmtpRevision _revision;

    public string Name => MechanismName;

    /// <summary>"When a peer uses the NULL security mechanism, the as-server field MUST be zero."</summary>
    public bool AsServer => false;

    public PeerInfo? Peer { get; private set; }

    public HandshakeFailure? Failure { get; private set; }

    public MechanismOutcome Start(ZmtpRevision revision, IBufferWriter<byte> output)
    {
        _revision = revision;
        _state = State.WaitingForReady;
        if (!options.IsServer)
            WriteReady(output);
        return MechanismOutcome.Continuing;
    }

    public MechanismOutcome Receive(Command command, IBufferWriter<byte> output)
    {
        if (_state != State.WaitingForReady)
            throw new InvalidOperationException($"A command came for a NULL mechanism in the state {_state}, which waits for none.");

        return command.Kind switch
        {
            CommandKind.Ready => ReceiveReady(command.Data, output),
            CommandKind.Error => ReceiveError(command.Data),
            _ => Fail(
                HandshakeFailureReason.UnexpectedCommand,
                $"the peer sent the command {Encoding.ASCII.GetString(command.Name)}, expected was READY or ERROR",
                output),
        };
    }

    private MechanismOutcome ReceiveReady(ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        if (!Metadata.TryParse(data, options.MaxProperties, out var metadata, out var error))
            return Fail(HandshakeFailureReason.MalformedCommand, $"the READY of the peer is malformed: {error}", output);
        if (!PeerInfo.TryCreate(options, _revision, metadata, out var peer, out var failure))
            return Fail(failure.Reason, failure.Text, output);

        if (options.IsServer)
            WriteReady(output);
        Peer = peer;
        _state = State.Done;
        return MechanismOutcome.Done;
    }

    private MechanismOutcome ReceiveError(ReadOnlySpan<byte> data)
    {
        Failure = ErrorCommand.TryParse(data, out var reason)
            ? new(HandshakeFailureReason.RefusedByPeer, $"the peer refused with the reason \"{reason}\"")
            : new(HandshakeFailureReason.MalformedCommand, "the ERROR of the peer has no reason of the stated length");
        _state = State.Failed;
        return MechanismOutcome.Failed;
    }

    private MechanismOutcome Fail(HandshakeFailureReason reason, string text, IBufferWriter<byte> output)
    {
        var frame = output.GetSpan(ErrorCommand.FrameLength(text));
        output.Advance(ErrorCommand.Write(frame, text));
        Failure = new(reason, text);
        _state = State.Failed;
        return MechanismOutcome.Failed;
    }

    private void WriteReady(IBufferWriter<byte> output)
    {
        var metadata = options.LocalMetadata();
        var length = metadata.EncodedLength;
        var frame = output.GetSpan(Command.FrameLength(5, length));
        var offset = Command.WriteHeader(frame, "READY"u8, length);
        output.Advance(offset + metadata.Write(frame[offset..]));
    }
}
