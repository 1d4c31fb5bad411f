using System.Buffers;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Security.Plain;

/// <summary>
/// The client of PLAIN (https://rfc.zeromq.org/spec/24/): tells user name and password, in clear text, and then its properties:
/// <code>
/// plain = C:hello ( S:welcome | S:error ) C:initiate ( S:ready | S:error ) *( C:message | S:message )
/// hello = command-size %d5 "HELLO" username password
/// username = OCTET *VCHAR
/// password = OCTET *VCHAR
/// </code>
/// </summary>
internal sealed class PlainClientMechanism(HandshakeOptions options, byte[] username, byte[] password) : Mechanism(options)
{
    private bool _welcomed;

    public override string Name => PlainServerMechanism.MechanismName;

    public override bool AsServer => false;

    public override MechanismOutcome Receive(Command command, IBufferWriter<byte> output)
    {
        if (command.Kind == CommandKind.Error)
            return ReceiveError(command.Data);
        return _welcomed ? ReceiveReady(command) : ReceiveWelcome(command, output);
    }

    protected override MechanismOutcome Begin(IBufferWriter<byte> output)
    {
        byte[] data = [(byte)username.Length, .. username, (byte)password.Length, .. password];
        Span<byte> frame = output.GetSpan(Command.FrameLength(5, data.Length));
        output.Advance(Command.Write(frame, "HELLO"u8, data));
        return MechanismOutcome.Continuing;
    }

    private MechanismOutcome ReceiveWelcome(Command command, IBufferWriter<byte> output)
    {
        if (!command.Name.SequenceEqual("WELCOME"u8))
            return Fail(Unexpected(command, "WELCOME or ERROR"));
        if (!command.Data.IsEmpty)
            return Fail(HandshakeFailureReason.MalformedCommand, $"the WELCOME of the peer has {command.Data.Length} octets of data, expected were none");
        _welcomed = true;
        WriteMetadata("INITIATE"u8, output);
        return MechanismOutcome.Continuing;
    }

    private MechanismOutcome ReceiveReady(Command command)
    {
        if (command.Kind != CommandKind.Ready)
            return Fail(Unexpected(command, "READY or ERROR"));
        return ReadMetadata(command.Data, "READY") is { } failure ? Fail(failure) : MechanismOutcome.Done;
    }
}
