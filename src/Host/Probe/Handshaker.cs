using System.Buffers;
using System.Text;
using Actors.Zmtp;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Security.Curve;

namespace Actors.Host.Probe;

using ErrorCommand = Actors.Zmtp.Protocol.ErrorCommand;

/// <summary>How a handshake as a socket of some type ended.</summary>
internal enum HandshakeEnd
{
    /// <summary>The peer lets this end in.</summary>
    LetIn,

    /// <summary>The peer has said its socket type, and does not let this one in.</summary>
    OtherType,

    /// <summary>The peer ended the connection, or sent an ERROR, when it had seen the socket type.</summary>
    Refused,
}

/// <summary>What a handshake told.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Type">The peer's socket type; none where it is not known.</param>
/// <param name="Metadata">The properties of the peer; empty where it told none.</param>
/// <param name="Reason">Of a refusal: what the peer said, or "" when it just ended the connection.</param>
internal sealed record HandshakeResult(HandshakeEnd End, ZmqSocketType Type, Metadata Metadata, string Reason);

/// <summary>Speaks the commands of a mechanism, behind the greetings.</summary>
internal static class Handshaker
{
    private const string TypeInError = "the_peer's_socket_type_";

    /// <summary>
    /// Waits for the READY of a peer of NULL that sends it unasked, which tells the peer's type before this end has told its own.
    /// </summary>
    /// <returns>Its properties, or null when it does not come within a moment; and the read, which has ended or has not.</returns>
    public static async Task<(Metadata? Metadata, Task<Frame?> Reading)> Listen(IFrameLink link, TimeSpan patience, CancellationToken deadline)
    {
        var reading = link.Read(deadline);
        if (await Task.WhenAny(reading, Task.Delay(patience, deadline)) != reading)
        {
            deadline.ThrowIfCancellationRequested();
            return (null, reading);
        }
        var body = (await reading) switch
        {
            null => throw new ProbeFailure(ProbeOutcome.HandshakeFailed, "it ends the connection behind the greetings, without a word"),
            { IsCommand: false } => throw new ProbeFailure(ProbeOutcome.HandshakeFailed, "it sends a message in place of the command READY"),
            { Body: var octets } => octets,
        };
        return (ReadReady(body), reading);
    }

    /// <summary>Takes this end's part of a handshake as a socket of this type.</summary>
    /// <param name="link">Behind the greetings.</param>
    /// <param name="mechanism">Of a socket of that type.</param>
    /// <param name="revision">Of ZMTP.</param>
    /// <param name="reading">A read that has begun; null for none.</param>
    /// <param name="deadline">The end of the probe.</param>
    /// <exception cref="ProbeFailure">The credentials are refused, or the peer breaks a rule.</exception>
    public static async Task<HandshakeResult> Run(IFrameLink link, IMechanism mechanism, ZmtpRevision revision, Task<Frame?>? reading, CancellationToken deadline)
    {
        using var keys = mechanism as IDisposable;
        var output = new ArrayBufferWriter<byte>();
        var outcome = mechanism.Start(revision, output);
        var answered = "";
        while (outcome == MechanismOutcome.Continuing)
        {
            await link.Write(output.WrittenMemory.ToArray(), deadline);
            output.ResetWrittenCount();
            var frame = await (reading ?? link.Read(deadline));
            reading = null;
            if (frame is null) return Ended(mechanism, answered);
            if (!frame.Value.IsCommand) throw new ProbeFailure(ProbeOutcome.HandshakeFailed, "it sends a message before the handshake is done");
            outcome = Receive(mechanism, frame.Value.Body, output, ref answered);
        }
        return outcome == MechanismOutcome.Done ? new HandshakeResult(HandshakeEnd.LetIn, mechanism.Peer!.SocketType, mechanism.Peer.Metadata, "") : Failed(mechanism, answered);
    }

    private static Metadata ReadReady(byte[] body)
    {
        if (!Command.TryParse(body, out var command)) throw new ProbeFailure(ProbeOutcome.HandshakeFailed, "it sends a command without a name");
        if (command.Kind == CommandKind.Error)
        {
            ErrorCommand.TryParse(command.Data, out var reason);
            throw new ProbeFailure(ProbeOutcome.NotAllowed, $"it does not let this address in; it says \"{reason}\"");
        }
        if (command.Kind != CommandKind.Ready) throw new ProbeFailure(ProbeOutcome.HandshakeFailed, $"it sends the command {Text.Printable(command.Name)} in place of READY");
        return Metadata.TryParse(command.Data, Metadata.DefaultMaxProperties, out var metadata, out var error)
            ? metadata
            : throw new ProbeFailure(ProbeOutcome.HandshakeFailed, $"its READY is malformed: {error}");
    }

    private static MechanismOutcome Receive(IMechanism mechanism, byte[] body, ArrayBufferWriter<byte> output, ref string answered)
    {
        if (!Command.TryParse(body, out var command) && !Command.TryParseMisspeltError(body, out command)) throw new ProbeFailure(ProbeOutcome.HandshakeFailed, "it sends a command without a name");
        var outcome = mechanism.Receive(command, output);
        if (outcome == MechanismOutcome.Continuing) answered = Encoding.ASCII.GetString(command.Name);
        return outcome;
    }

    /// <summary>The peer has ended the connection. How far the handshake was tells what it did not like.</summary>
    private static HandshakeResult Ended(IMechanism mechanism, string answered) => (mechanism.Name, answered) switch
    {
        (CurveMechanism.MechanismName, "") => throw new ProbeFailure(ProbeOutcome.WrongServerKey, "it ends the connection when it sees what was sealed for the given server key: that key is not its own"),
        ("PLAIN", "") => throw new ProbeFailure(ProbeOutcome.NotAllowed, "it does not let this user name and password in, and ends the connection without a word"),
        _ => new HandshakeResult(HandshakeEnd.Refused, ZmqSocketType.None, Metadata.Empty, ""),
    };

    private static HandshakeResult Failed(IMechanism mechanism, string answered)
    {
        var failure = mechanism.Failure!;
        if (failure.Reason == HandshakeFailureReason.IncompatibleSocketType) return new HandshakeResult(HandshakeEnd.OtherType, failure.PeerSocketType, Metadata.Empty, failure.Text);
        if (failure.Reason != HandshakeFailureReason.RefusedByPeer)
        {
            throw mechanism.Name == CurveMechanism.MechanismName && answered.Length == 0
                ? new ProbeFailure(ProbeOutcome.WrongServerKey, "its answer was not sealed with the given server key: that key is not its own")
                : new ProbeFailure(ProbeOutcome.HandshakeFailed, failure.Text);
        }
        var said = failure.PeerReason;
        if (TypeIn(said) is { } type) return new HandshakeResult(HandshakeEnd.OtherType, type, Metadata.Empty, said);
        var isStatus = said.Length == 3 && said.All(char.IsAsciiDigit);
        if (mechanism.Name == NullMechanism.MechanismName) return isStatus ? throw Unwanted("this address", said) : new HandshakeResult(HandshakeEnd.Refused, ZmqSocketType.None, Metadata.Empty, said);
        throw Unwanted(mechanism.Name == CurveMechanism.MechanismName ? "this key" : "this user name and password", said);
    }

    private static ProbeFailure Unwanted(string whom, string said) => new(ProbeOutcome.NotAllowed, $"it does not let {whom} in; it says \"{said}\"{(said == "500" ? ", so it cannot ask who may connect" : "")}");

    /// <summary>The peer's type in the ERROR of a peer on our engine, which speaks of both: "the peer's socket type REQ does not fit PULL".</summary>
    private static ZmqSocketType? TypeIn(string said)
    {
        const string before = "_does_not_fit_";
        if (!said.StartsWith(TypeInError, StringComparison.Ordinal) || said.IndexOf(before, StringComparison.Ordinal) is not (> 0 and var at)) return null;
        return SocketTypes.TryParse(Encoding.ASCII.GetBytes(said[(at + before.Length)..]), out var type) ? type : null;
    }
}
