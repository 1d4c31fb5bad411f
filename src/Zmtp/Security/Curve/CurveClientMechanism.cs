using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Security.Curve;

/// <summary>The client of CURVE: sends HELLO, answers WELCOME with INITIATE, and waits for READY.</summary>
internal sealed class CurveClientMechanism(HandshakeOptions options, CurveKeyPair pair, byte[] serverKey) : CurveMechanism(options)
{
    private enum State
    {
        WaitingForWelcome,
        WaitingForReady,
    }

    private readonly byte[] _transientPublic = new byte[Box.KeyLength];
    private readonly byte[] _transientSecret = GC.AllocateArray<byte>(Box.KeyLength, pinned: true);
    private State _state;
    private ulong _nonce;
    private Box? _toServer;
    private Box? _session;

    public override bool AsServer => false;

    public override void Dispose()
    {
        CryptographicOperations.ZeroMemory(_transientSecret);
        _toServer?.Dispose();
        _session?.Dispose();
        base.Dispose();
    }

    protected override MechanismOutcome Begin(IBufferWriter<byte> output)
    {
        Box.CreateKeys(_transientPublic, _transientSecret);
        _toServer = Box.Between(serverKey, _transientSecret);
        if (_toServer is null)
            return Fail(HandshakeFailureReason.MalformedCommand, "the CurveServerKey is no public key");

        var frame = output.GetSpan(Command.FrameLength(5, HelloData));
        var offset = Command.WriteHeader(frame, "HELLO"u8, HelloData);
        var data = frame.Slice(offset, HelloData);
        data.Clear();
        data[0] = 1;
        _transientPublic.CopyTo(data[HelloPrefix..]);
        var rest = data[(HelloPrefix + Box.KeyLength)..];
        Span<byte> nonce = stackalloc byte[Box.NonceLength];
        CurveNonce.WriteShort(rest, ++_nonce, nonce, CurveNonce.Hello);
        _toServer.Seal(rest[CurveNonce.ShortLength..], nonce);
        output.Advance(offset + HelloData);
        return MechanismOutcome.Continuing;
    }

    public override MechanismOutcome Receive(Command command, IBufferWriter<byte> output)
    {
        if (command.Kind == CommandKind.Error)
            return ReceiveError(command.Data);
        if (_state == State.WaitingForWelcome)
            return command.Name.SequenceEqual("WELCOME"u8) ? ReceiveWelcome(command.Data, output) : Fail(Unexpected(command, "WELCOME or ERROR"));
        return command.Kind == CommandKind.Ready ? ReceiveReady(command.Data) : Fail(Unexpected(command, "READY or ERROR"));
    }

    private MechanismOutcome ReceiveWelcome(ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        if (data.Length != WelcomeData)
            return Fail(HandshakeFailureReason.MalformedCommand, $"the WELCOME of the peer has {data.Length} octets of data, expected were {WelcomeData}");
        Span<byte> nonce = stackalloc byte[Box.NonceLength];
        CurveNonce.Compose(nonce, CurveNonce.Welcome, data[..CurveNonce.LongLength]);
        Span<byte> plain = stackalloc byte[WelcomePlain];
        if (!_toServer!.TryOpen(data[CurveNonce.LongLength..], nonce, plain))
            return Fail(HandshakeFailureReason.MalformedCommand, "the WELCOME of the peer was not sealed with the key CurveServerKey");

        var transientOfServer = plain[..Box.KeyLength];
        _session = Box.Between(transientOfServer, _transientSecret);
        var secret = pair.SecretKey!;
        using var vouching = Box.Between(transientOfServer, secret);
        CryptographicOperations.ZeroMemory(secret);
        if (_session is null || vouching is null)
            return Fail(HandshakeFailureReason.MalformedCommand, "the transient key in the WELCOME of the peer is no public key");

        WriteInitiate(plain[Box.KeyLength..], vouching, output);
        _state = State.WaitingForReady;
        return MechanismOutcome.Continuing;
    }

    private void WriteInitiate(ReadOnlySpan<byte> cookie, Box vouching, IBufferWriter<byte> output)
    {
        var metadata = Options.LocalMetadata();
        var length = InitiateData + metadata.EncodedLength;
        var frame = output.GetSpan(Command.FrameLength(8, length));
        var offset = Command.WriteHeader(frame, "INITIATE"u8, length);
        var data = frame.Slice(offset, length);
        cookie.CopyTo(data);

        Span<byte> nonce = stackalloc byte[Box.NonceLength];
        var box = data[(CookieLength + CurveNonce.ShortLength)..];
        var plain = box[Box.Overhead..];
        pair.PublicKey.CopyTo(plain);
        var vouch = plain.Slice(Box.KeyLength, VouchLength);
        CurveNonce.WriteLong(vouch, nonce, CurveNonce.Vouch);
        var vouchBox = vouch[CurveNonce.LongLength..];
        _transientPublic.CopyTo(vouchBox[Box.Overhead..]);
        serverKey.CopyTo(vouchBox[(Box.Overhead + Box.KeyLength)..]);
        vouching.Seal(vouchBox, nonce);
        metadata.Write(plain[InitiatePlain..]);

        CurveNonce.WriteShort(data[CookieLength..], ++_nonce, nonce, CurveNonce.Initiate);
        _session!.Seal(box, nonce);
        output.Advance(offset + length);
    }

    private MechanismOutcome ReceiveReady(ReadOnlySpan<byte> data)
    {
        if (data.Length < ReadyData)
            return Fail(HandshakeFailureReason.MalformedCommand, $"the READY of the peer has {data.Length} octets of data, expected were at least {ReadyData}");
        Span<byte> nonce = stackalloc byte[Box.NonceLength];
        CurveNonce.Compose(nonce, CurveNonce.Ready, data[..CurveNonce.ShortLength]);
        var metadata = new byte[data.Length - ReadyData];
        if (!_session!.TryOpen(data[CurveNonce.ShortLength..], nonce, metadata))
            return Fail(HandshakeFailureReason.MalformedCommand, "the READY of the peer was not sealed with the keys of the connection");
        if (ReadMetadata(metadata, "READY") is { } failure)
            return Fail(failure);

        Traffic = new CurveTraffic(_session, isServer: false, sent: _nonce, received: BinaryPrimitives.ReadUInt64BigEndian(data));
        CryptographicOperations.ZeroMemory(_transientSecret);
        _toServer!.Dispose();
        return MechanismOutcome.Done;
    }
}
