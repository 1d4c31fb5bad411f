using System.Buffers;

namespace Actors.Zmtp.Protocol;

/// <summary>
/// The NULL mechanism, without authentication and confidentiality
/// (https://rfc.zeromq.org/spec/37/, "The NULL Security Mechanism"):
/// <code>
/// null = ready *message | error
/// ready = command-size %d5 "READY" metadata
/// error = command-size %d5 "ERROR" error-reason
/// </code>
/// The connecting end is the client: it sends READY and waits for one. The bound end waits, checks, and answers with READY or
/// ERROR. An end that has a domain asks the handler before it sends READY, so that peers can be told by their addresses.
/// </summary>
internal sealed class NullMechanism(HandshakeOptions options) : Mechanism(options)
{
    public const string MechanismName = "NULL";

    private bool _waiting;

    public override string Name => MechanismName;

    /// <summary>"When a peer uses the NULL security mechanism, the as-server field MUST be zero."</summary>
    public override bool AsServer => false;

    public override MechanismOutcome Receive(Command command, IBufferWriter<byte> output)
    {
        if (!_waiting)
            throw new InvalidOperationException("A command came for a NULL mechanism that waits for none.");
        _waiting = false;
        return command.Kind switch
        {
            CommandKind.Ready => ReceiveReady(command.Data, output),
            CommandKind.Error => ReceiveError(command.Data),
            _ => Refuse(Unexpected(command, "READY or ERROR"), output),
        };
    }

    protected override MechanismOutcome Begin(IBufferWriter<byte> output)
    {
        if (!Options.IsServer && Options.Authenticates)
            return Ask();
        return Options.IsServer ? Wait() : SendReady(output);
    }

    protected override MechanismOutcome Admit(IBufferWriter<byte> output) => SendReady(output);

    private MechanismOutcome ReceiveReady(ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        if (ReadMetadata(data, "READY") is { } failure)
            return Refuse(failure, output);
        if (!Options.IsServer)
            return MechanismOutcome.Done;
        return Options.Authenticates ? Ask() : SendReady(output);
    }

    private MechanismOutcome SendReady(IBufferWriter<byte> output)
    {
        WriteMetadata("READY"u8, output);
        return Options.IsServer ? MechanismOutcome.Done : Wait();
    }

    private MechanismOutcome Wait()
    {
        _waiting = true;
        return MechanismOutcome.Continuing;
    }
}
