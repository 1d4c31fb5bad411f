using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Actors.Zmtp.Security.Curve;
using Actors.Zmtp.Security.Zap;

namespace Actors.Zmtp.Protocol;

/// <summary>The state of a handshake.</summary>
internal enum HandshakeState
{
    /// <summary><see cref="Handshake.Start"/> has not been called.</summary>
    Created,

    /// <summary>Octets of the greeting are missing.</summary>
    Greeting,

    /// <summary>The peer speaks ZMTP 2.0; its socket type and identity are missing.</summary>
    Zmtp20Identity,

    /// <summary>The security mechanism waits for a command.</summary>
    Mechanism,

    /// <summary>The handler of the process is to be asked; <see cref="Handshake.Request"/> is there. Nothing is taken from the peer meanwhile.</summary>
    Authenticating,

    /// <summary>Traffic may flow; <see cref="Handshake.Peer"/> is there.</summary>
    Ready,

    /// <summary>The connection must end; <see cref="Handshake.Failure"/> is there.</summary>
    Failed,
}

/// <summary>
/// The beginning of a connection: greeting and security handshake (https://rfc.zeromq.org/spec/37/), with downgrade to
/// ZMTP 3.0 and 2.0. It is fed with what arrives, in any portions, and writes what is to be sent; it does no I/O, keeps no time,
/// and takes no octet behind the handshake. After a failure what was written should still be sent: it may be an ERROR command.
/// </summary>
internal sealed class Handshake(HandshakeOptions options, IMechanism mechanism) : IDisposable
{
    private readonly byte[] _greeting = new byte[Greeting.Length];
    private readonly byte[] _mechanismField = MechanismField(mechanism.Name);
    private int _greetingCount;
    private bool _secondPartSent;

    // A frame of which a part has arrived. It grows with what arrives, not with what the peer announces.
    private readonly ArrayBufferWriter<byte> _partial = new(64);

    public Handshake(HandshakeOptions options)
        : this(options, new NullMechanism(options))
    {
    }

    public HandshakeState State { get; private set; }

    public PeerInfo? Peer { get; private set; }

    public HandshakeFailure? Failure { get; private set; }

    /// <summary>Seals and opens the traffic after the handshake; null when it goes as it is.</summary>
    public CurveTraffic? Traffic => mechanism.Traffic;

    /// <summary>The question for the handler.</summary>
    public ZapRequest? Request => mechanism.Request;

    /// <summary>Goes on with the answer of the handler.</summary>
    public void Authenticated(ZapReply reply, IBufferWriter<byte> output) => Follow(mechanism.Authenticated(reply, output));

    /// <summary>Wipes the keys of the connection, which has ended.</summary>
    public void Dispose() => (mechanism as IDisposable)?.Dispose();

    /// <summary>Writes what this end sends before it has heard anything.</summary>
    public void Start(IBufferWriter<byte> output)
    {
        if (State != HandshakeState.Created)
            throw new InvalidOperationException($"A handshake in the state {State} cannot start again.");
        Greeting.WriteFirstPart(output.GetSpan(Greeting.FirstPartLength));
        output.Advance(Greeting.FirstPartLength);
        State = HandshakeState.Greeting;
    }

    /// <summary>
    /// Takes octets of the peer and writes the answers. Returns how many octets were taken: all of them, unless the
    /// handshake ended before the last one.
    /// </summary>
    public int Advance(ReadOnlySpan<byte> received, IBufferWriter<byte> output)
    {
        if (State == HandshakeState.Created)
            throw new InvalidOperationException("The handshake has not been started.");
        var rest = received;
        while (!rest.IsEmpty && State is not (HandshakeState.Authenticating or HandshakeState.Ready or HandshakeState.Failed))
        {
            switch (State)
            {
                case HandshakeState.Greeting:
                    ReadGreeting(ref rest, output);
                    break;
                case HandshakeState.Zmtp20Identity:
                    ReadZmtp20Identity(ref rest);
                    break;
                default:
                    ReadCommand(ref rest, output);
                    break;
            }
        }

        return received.Length - rest.Length;
    }

    private void ReadGreeting(ref ReadOnlySpan<byte> rest, IBufferWriter<byte> output)
    {
        var wanted = _secondPartSent ? Greeting.Length : Greeting.FirstPartLength;
        var count = Math.Min(wanted - _greetingCount, rest.Length);
        rest[..count].CopyTo(_greeting.AsSpan(_greetingCount));
        _greetingCount += count;
        rest = rest[count..];

        if (!_secondPartSent)
            Answer(Greeting.Detect(_greeting.AsSpan(0, _greetingCount)), output);
        else if (_greetingCount == Greeting.Length)
            FinishGreeting(output);
    }

    private void Answer(GreetingStatus status, IBufferWriter<byte> output)
    {
        switch (status)
        {
            case GreetingStatus.Zmtp3:
                Greeting.WriteSecondPart(output.GetSpan(Greeting.SecondPartLength), mechanism.Name, mechanism.AsServer);
                output.Advance(Greeting.SecondPartLength);
                _secondPartSent = true;
                break;
            case GreetingStatus.Zmtp2:
                AnswerZmtp20(output);
                break;
            case GreetingStatus.Unversioned:
                Fail(
                    HandshakeFailureReason.UnversionedPeer,
                    $"the peer began with {Hex(_greeting.AsSpan(0, _greetingCount))}, which is ZMTP 1.0 or no ZMTP; expected was the signature of ZMTP 2.0 or later, ff ........ 7f");
                break;
            case GreetingStatus.BadSignature:
                Fail(
                    HandshakeFailureReason.BadSignature,
                    $"the tenth octet of the peer's greeting is 0x{_greeting[Greeting.SignatureLength - 1]:x2}, expected was 0x7f");
                break;
        }
    }

    private void FinishGreeting(IBufferWriter<byte> output)
    {
        if (!_greeting.AsSpan(12, Greeting.MechanismLength).SequenceEqual(_mechanismField))
        {
            Fail(
                HandshakeFailureReason.MechanismMismatch,
                $"the peer's security mechanism is \"{PrintableMechanism()}\", ours is \"{mechanism.Name}\"");
            return;
        }

        if (mechanism.AsServer && Greeting.AsServer(_greeting))
        {
            // The contrary, that nobody says to be the server, is no sign: libzmq's servers do not say it.
            Fail(HandshakeFailureReason.MechanismMismatch, $"both ends say that they are the server of {mechanism.Name}");
            return;
        }

        Follow(mechanism.Start(Greeting.Revision(_greeting), output));
    }

    private void AnswerZmtp20(IBufferWriter<byte> output)
    {
        if (mechanism.Name != NullMechanism.MechanismName)
        {
            // "If the implementation's security mechanism is anything other than NULL ... it MUST immediately close the connection."
            Fail(HandshakeFailureReason.MechanismMismatch, $"the peer speaks ZMTP 2.0, which has no security mechanism; ours is \"{mechanism.Name}\"");
            return;
        }

        if (options.Authenticates)
        {
            Fail(HandshakeFailureReason.NotAuthenticated, "the peer speaks ZMTP 2.0, in which nobody can be authenticated, and the handler is to be asked about all peers");
            return;
        }

        if (!SocketTypes.TryGetZmtp20Code(options.SocketType, out var code))
        {
            Fail(HandshakeFailureReason.SocketTypeTooNew, $"the peer speaks ZMTP 2.0, which has no socket type {SocketTypes.WireName(options.SocketType)}");
            return;
        }

        var identity = options.RoutingId.Span;
        output.Advance(Zmtp20Greeting.WriteTail(output.GetSpan(Zmtp20Greeting.TailLength(identity)), code, identity));
        State = HandshakeState.Zmtp20Identity;
    }

    private void ReadZmtp20Identity(ref ReadOnlySpan<byte> rest)
    {
        var have = _partial.WrittenCount;
        var wanted = have < Zmtp20Greeting.HeaderLength
            ? Zmtp20Greeting.HeaderLength
            : Zmtp20Greeting.HeaderLength + _partial.WrittenSpan[2];
        Gather(ref rest, wanted - have);
        var tail = _partial.WrittenSpan;
        if (tail.Length < Zmtp20Greeting.HeaderLength)
            return;
        if (tail[1] != 0)
        {
            Fail(HandshakeFailureReason.MalformedFrame, $"the flags of the peer's identity frame are 0x{tail[1]:x2}, expected was 0x00");
            return;
        }

        if (tail.Length < Zmtp20Greeting.HeaderLength + tail[2])
            return;
        if (!SocketTypes.TryParseZmtp20(tail[0], out var type))
        {
            Fail(HandshakeFailureReason.IncompatibleSocketType, $"the peer's socket type octet 0x{tail[0]:x2} is not one of ZMTP 2.0");
            return;
        }

        var identity = tail[Zmtp20Greeting.HeaderLength..].ToArray();
        if (PeerInfo.TryCreate(options, ZmtpRevision.Zmtp20, type, identity, Metadata.Empty, out var peer, out var failure))
        {
            Peer = peer;
            State = HandshakeState.Ready;
        }
        else
        {
            Fail(failure.Reason, failure.Text);
        }
    }

    private void ReadCommand(ref ReadOnlySpan<byte> rest, IBufferWriter<byte> output)
    {
        // A frame that is there whole is read where it is; only a broken one is gathered.
        if (_partial.WrittenCount == 0)
        {
            if (!TryReadHeader(rest, out var headerLength, out var bodyLength))
                return;
            if (headerLength > 0 && rest.Length - headerLength >= bodyLength)
            {
                var body = rest.Slice(headerLength, bodyLength);
                rest = rest[(headerLength + bodyLength)..];
                ReceiveCommand(body, output);
                return;
            }
        }

        GatherCommand(ref rest, output);
    }

    private void GatherCommand(ref ReadOnlySpan<byte> rest, IBufferWriter<byte> output)
    {
        while (TryReadHeader(_partial.WrittenSpan, out var headerLength, out var bodyLength))
        {
            var missing = headerLength == 0 ? 1 : headerLength + bodyLength - _partial.WrittenCount;
            if (missing == 0)
            {
                ReceiveCommand(_partial.WrittenSpan[headerLength..], output);
                _partial.ResetWrittenCount();
                return;
            }

            if (rest.IsEmpty)
                return;
            Gather(ref rest, missing);
        }
    }

    /// <summary>Reads flags and size; a header length of zero means that octets are missing. False when the handshake failed.</summary>
    private bool TryReadHeader(ReadOnlySpan<byte> frame, out int headerLength, out int bodyLength)
    {
        headerLength = 0;
        bodyLength = 0;
        if (frame.IsEmpty)
            return true;
        var flags = frame[0];
        if (flags is not (FrameFlags.Command or (FrameFlags.Command | FrameFlags.Long)))
        {
            Fail(HandshakeFailureReason.MalformedFrame, $"a frame of the handshake has the flags 0x{flags:x2}, expected was a command, 0x04 or 0x06");
            return false;
        }

        var isLong = (flags & FrameFlags.Long) != 0;
        var length = isLong ? 9 : 2;
        if (frame.Length < length)
            return true;
        var size = isLong ? BinaryPrimitives.ReadUInt64BigEndian(frame[1..]) : frame[1];
        if (size > (ulong)options.MaxCommandLength)
        {
            Fail(HandshakeFailureReason.CommandTooLarge, $"a command of the handshake has {size} octets, the most is {options.MaxCommandLength}");
            return false;
        }

        headerLength = length;
        bodyLength = (int)size;
        return true;
    }

    private void ReceiveCommand(ReadOnlySpan<byte> body, IBufferWriter<byte> output)
    {
        if (Command.TryParse(body, out var command) || Command.TryParseMisspeltError(body, out command))
            Follow(mechanism.Receive(command, output));
        else
            Fail(HandshakeFailureReason.MalformedCommand, "a command of the handshake has no name of 1 to 255 letters");
    }

    private void Follow(MechanismOutcome outcome)
    {
        switch (outcome)
        {
            case MechanismOutcome.Continuing:
                State = HandshakeState.Mechanism;
                break;
            case MechanismOutcome.Done:
                Peer = mechanism.Peer;
                State = HandshakeState.Ready;
                break;
            case MechanismOutcome.Authenticating:
                State = HandshakeState.Authenticating;
                break;
            case MechanismOutcome.Failed:
                Failure = mechanism.Failure;
                State = HandshakeState.Failed;
                break;
        }
    }

    private void Gather(ref ReadOnlySpan<byte> rest, int count)
    {
        count = Math.Min(count, rest.Length);
        _partial.Write(rest[..count]);
        rest = rest[count..];
    }

    private void Fail(HandshakeFailureReason reason, string text)
    {
        Failure = new(reason, text);
        State = HandshakeState.Failed;
    }

    private static byte[] MechanismField(string name)
    {
        var field = new byte[Greeting.MechanismLength];
        Encoding.ASCII.GetBytes(name, field);
        return field;
    }

    private string PrintableMechanism()
    {
        var text = new StringBuilder();
        foreach (var octet in Greeting.Mechanism(_greeting))
            text.Append(octet is > 0x20 and < 0x7F ? (char)octet : '_');
        return text.ToString();
    }

    private static string Hex(ReadOnlySpan<byte> octets) => Convert.ToHexStringLower(octets);
}
