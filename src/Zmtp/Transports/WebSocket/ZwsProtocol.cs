using System.Buffers.Binary;
using Actors.Zmtp.Connections;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Transports.WebSocket;

/// <summary>
/// Which protocol the ends agreed on in the field Sec-WebSocket-Protocol (https://rfc.zeromq.org/spec/45/, "Handshake"):
/// that of a mechanism, whose commands are exchanged, or "ZWS2.0" without a mechanism, where the first message of each
/// end is its routing id.
/// </summary>
/// <param name="Name">The value of the field.</param>
/// <param name="Mechanism">The mechanism in whose place the protocol stands.</param>
/// <param name="HasCommands">The mechanism is spoken.</param>
internal sealed record ZwsProtocol(string Name, string Mechanism, bool HasCommands)
{
    private const string Base = "ZWS2.0";

    /// <summary>The subprotocols that a socket of these settings speaks, the preferred first.</summary>
    public static ZwsProtocol[] Of(ConnectionSettings settings)
    {
        ZwsProtocol spoken = new($"{Base}/{settings.MechanismName}", settings.MechanismName, HasCommands: true);
        // JOIN and LEAVE are commands, for which there is no place without a mechanism.
        bool needsCommands = settings.MechanismName != NullMechanism.MechanismName || settings.SocketType is ZmqSocketType.Radio or ZmqSocketType.Dish;
        return needsCommands ? [spoken] : [spoken, new ZwsProtocol(Base, NullMechanism.MechanismName, HasCommands: false)];
    }

    /// <summary>The greeting that ZMTP would have of the peer, which WebSocket's handshake stands for: revision 3.0, whose subscriptions are messages.</summary>
    public byte[] CreateGreeting()
    {
        byte[] greeting = new byte[Greeting.Length];
        Greeting.WriteFirstPart(greeting);
        Greeting.WriteSecondPart(greeting.AsSpan(Greeting.FirstPartLength), Mechanism, asServer: false);
        greeting[Greeting.FirstPartLength] = 0;
        return greeting;
    }

    /// <summary>The READY command that a mechanism would have sent of a peer with this routing id.</summary>
    public static byte[] CreateReady(ReadOnlySpan<byte> routingId)
    {
        byte[] property = [];
        if (!routingId.IsEmpty)
        {
            byte[] size = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32BigEndian(size, routingId.Length);
            property = [(byte)Metadata.Identity.Length, .. System.Text.Encoding.ASCII.GetBytes(Metadata.Identity), .. size, .. routingId];
        }

        byte[] frame = new byte[Command.FrameLength("READY"u8.Length, property.Length)];
        Command.Write(frame, "READY"u8, property);
        return frame;
    }
}
