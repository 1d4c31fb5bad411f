using System.Buffers;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Security.Curve;
using Actors.Zmtp.Security.Zap;

namespace Actors.Zmtp.Tests.Security;

/// <summary>A client and a server of CURVE without a connection: a test carries the bodies of their commands, and may alter them.</summary>
internal sealed class CurvePair
{
    public static readonly CurveKeyPair ServerKeys = new();
    public static readonly CurveKeyPair ClientKeys = new();

    public CurvePair(byte[]? knownServerKey = null, ZmqSocketType clientType = ZmqSocketType.Dealer, bool authenticates = false)
    {
        Client = new CurveClientMechanism(new HandshakeOptions { SocketType = clientType, IsServer = false, RoutingId = "me"u8.ToArray() }, ClientKeys, knownServerKey ?? ServerKeys.PublicKey);
        Server = new CurveServerMechanism(new HandshakeOptions { SocketType = ZmqSocketType.Router, IsServer = true, Authenticates = authenticates }, ServerKeys);
        Assert.Equal(MechanismOutcome.Continuing, Server.Start(ZmtpRevision.Zmtp31, Output));
        Assert.Equal(0, Output.WrittenCount);
        Client.Start(ZmtpRevision.Zmtp31, Output);
        Hello = Take();
    }

    public CurveClientMechanism Client { get; }

    public CurveServerMechanism Server { get; }

    public byte[] Hello { get; }

    private ArrayBufferWriter<byte> Output { get; } = new();

    /// <summary>Goes on to the command, HELLO, WELCOME, INITIATE or READY, and returns it; the next is not given to its end yet.</summary>
    public byte[] UpTo(string name)
    {
        byte[] body = Hello;
        if (name == "HELLO")
            return body;
        body = Give(Server, body);
        if (name == "WELCOME")
            return body;
        body = Give(Client, body);
        return name == "INITIATE" ? body : Give(Server, body, MechanismOutcome.Done);
    }

    /// <summary>Goes through the whole handshake.</summary>
    public CurvePair Done()
    {
        Give(Client, UpTo("READY"), MechanismOutcome.Done);
        return this;
    }

    /// <summary>Gives a command to an end and returns the answer, empty for none.</summary>
    public byte[] Give(IMechanism end, byte[] body, MechanismOutcome expected = MechanismOutcome.Continuing)
    {
        Assert.True(Command.TryParse(body, out var command));
        var outcome = end.Receive(command, Output);
        Assert.True(outcome == expected, $"The outcome was {outcome}, expected was {expected}: {end.Failure?.Text}");
        return Take();
    }

    /// <summary>Gives the server what the handler says of its client, and returns the answer.</summary>
    public byte[] Authenticated(ZapReply reply, MechanismOutcome expected)
    {
        Assert.Equal(expected, Server.Authenticated(reply, Output));
        return Take();
    }

    private byte[] Take()
    {
        if (Output.WrittenCount == 0)
            return [];
        Assert.True(FrameHeader.Read(Output.WrittenSpan, out var header, out var size));
        Assert.Equal(Output.WrittenCount, header + size);
        var body = Output.WrittenSpan[header..].ToArray();
        Output.Clear();
        return body;
    }
}
