using System.Buffers;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Security.Plain;

/// <summary>
/// The server of PLAIN (https://rfc.zeromq.org/spec/24/): asks the handler of the process about the user name and password
/// of HELLO, answers with WELCOME or ERROR, and then INITIATE with READY or ERROR.
/// </summary>
internal sealed class PlainServerMechanism(HandshakeOptions options) : Mechanism(options)
{
    public const string MechanismName = "PLAIN";

    private bool _welcomed;

    public override string Name => MechanismName;

    public override bool AsServer => true;

    public override MechanismOutcome Receive(Command command, IBufferWriter<byte> output)
        => _welcomed ? ReceiveInitiate(command, output) : ReceiveHello(command, output);

    protected override MechanismOutcome Begin(IBufferWriter<byte> output) => MechanismOutcome.Continuing;

    protected override MechanismOutcome Admit(IBufferWriter<byte> output)
    {
        _welcomed = true;
        output.Advance(Command.Write(output.GetSpan(Command.FrameLength(7, 0)), "WELCOME"u8, []));
        return MechanismOutcome.Continuing;
    }

    private MechanismOutcome ReceiveHello(Command command, IBufferWriter<byte> output)
    {
        if (!command.Name.SequenceEqual("HELLO"u8))
            return Refuse(Unexpected(command, "HELLO"), output);
        ReadOnlySpan<byte> rest = command.Data;
        if (!TryTake(ref rest, out byte[] username) || !TryTake(ref rest, out byte[] password) || !rest.IsEmpty)
            return Refuse(new(HandshakeFailureReason.MalformedCommand, "the HELLO of the peer is not a user name and a password, each behind its size"), output);
        return Ask(username, password);
    }

    private MechanismOutcome ReceiveInitiate(Command command, IBufferWriter<byte> output)
    {
        if (!command.Name.SequenceEqual("INITIATE"u8))
            return Refuse(Unexpected(command, "INITIATE"), output);
        if (ReadMetadata(command.Data, "INITIATE") is { } failure)
            return Refuse(failure, output);
        WriteMetadata("READY"u8, output);
        return MechanismOutcome.Done;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> rest, out byte[] text)
    {
        text = [];
        if (rest.IsEmpty || rest[0] > rest.Length - 1)
            return false;
        text = rest.Slice(1, rest[0]).ToArray();
        rest = rest[(1 + text.Length)..];
        return true;
    }
}
