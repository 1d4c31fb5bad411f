using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Security.Curve;

/// <summary>
/// The server of CURVE: answers HELLO with WELCOME and INITIATE with READY. Between them it keeps no transient key, only
/// the key of the cookie that has them, which it wipes when the cookie is back or the connection ends.
/// </summary>
internal sealed class CurveServerMechanism(HandshakeOptions options, CurveKeyPair pair) : CurveMechanism(options)
{
    private Box? _cookie;
    private Box? _session;
    private ulong _clientNonce;
    private bool _welcomed;

    public override bool AsServer => true;

    public override void Dispose()
    {
        _cookie?.Dispose();
        base.Dispose();
    }

    protected override MechanismOutcome Begin(IBufferWriter<byte> output) => MechanismOutcome.Continuing;

    public override MechanismOutcome Receive(Command command, IBufferWriter<byte> output)
    {
        if (!_welcomed)
            return command.Name.SequenceEqual("HELLO"u8) ? ReceiveHello(command.Data, output) : Fail(Unexpected(command, "HELLO"));
        return command.Name.SequenceEqual("INITIATE"u8) ? ReceiveInitiate(command.Data, output) : Fail(Unexpected(command, "INITIATE"));
    }

    private MechanismOutcome ReceiveHello(ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        if (data.Length != HelloData)
            return Fail(HandshakeFailureReason.MalformedCommand, $"the HELLO of the peer has {data.Length} octets of data, expected were {HelloData}");
        if (data[0] != 1 || data[1] != 0)
            return Fail(HandshakeFailureReason.MalformedCommand, $"the HELLO of the peer is of CurveZMQ {data[0]}.{data[1]}, expected was 1.0");
        if (data[2..HelloPrefix].ContainsAnyExcept((byte)0))
            return Fail(HandshakeFailureReason.MalformedCommand, "the padding in the HELLO of the peer is not zero");

        var clientKey = data.Slice(HelloPrefix, Box.KeyLength);
        var rest = data[(HelloPrefix + Box.KeyLength)..];
        var secret = pair.SecretKey!;
        using var toClient = Box.Between(clientKey, secret);
        CryptographicOperations.ZeroMemory(secret);
        Span<byte> nonce = stackalloc byte[Box.NonceLength];
        CurveNonce.Compose(nonce, CurveNonce.Hello, rest[..CurveNonce.ShortLength]);
        Span<byte> zeros = stackalloc byte[HelloZeros];
        if (toClient is null || !toClient.TryOpen(rest[CurveNonce.ShortLength..], nonce, zeros) || zeros.ContainsAnyExcept((byte)0))
            return Fail(HandshakeFailureReason.MalformedCommand, "the HELLO of the peer was not sealed for this server's key");

        _clientNonce = BinaryPrimitives.ReadUInt64BigEndian(rest);
        WriteWelcome(clientKey, toClient, output);
        _welcomed = true;
        return MechanismOutcome.Continuing;
    }

    private void WriteWelcome(ReadOnlySpan<byte> clientKey, Box toClient, IBufferWriter<byte> output)
    {
        Span<byte> nonce = stackalloc byte[Box.NonceLength];
        var frame = output.GetSpan(Command.FrameLength(7, WelcomeData));
        var offset = Command.WriteHeader(frame, "WELCOME"u8, WelcomeData);
        var data = frame.Slice(offset, WelcomeData);
        var box = data[CurveNonce.LongLength..];
        var transientPublic = box.Slice(Box.Overhead, Box.KeyLength);
        var cookie = box.Slice(Box.Overhead + Box.KeyLength, CookieLength);
        var cookieBox = cookie[CurveNonce.LongLength..];
        clientKey.CopyTo(cookieBox[Box.Overhead..]);
        Box.CreateKeys(transientPublic, cookieBox.Slice(Box.Overhead + Box.KeyLength, Box.KeyLength));
        _cookie = Box.WithRandomKey();
        CurveNonce.WriteLong(cookie, nonce, CurveNonce.Cookie);
        _cookie.Seal(cookieBox, nonce);
        CurveNonce.WriteLong(data, nonce, CurveNonce.Welcome);
        toClient.Seal(box, nonce);
        output.Advance(offset + WelcomeData);
    }

    private MechanismOutcome ReceiveInitiate(ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        if (data.Length < InitiateData)
            return Fail(HandshakeFailureReason.MalformedCommand, $"the INITIATE of the peer has {data.Length} octets of data, expected were at least {InitiateData}");

        Span<byte> nonce = stackalloc byte[Box.NonceLength];
        Span<byte> keys = stackalloc byte[TwoKeys];
        CurveNonce.Compose(nonce, CurveNonce.Cookie, data[..CurveNonce.LongLength]);
        if (!_cookie!.TryOpen(data[CurveNonce.LongLength..CookieLength], nonce, keys))
            return Fail(HandshakeFailureReason.MalformedCommand, "the cookie in the INITIATE of the peer is not the one that it was sent");
        var transientOfClient = keys[..Box.KeyLength];
        var transientSecret = keys[Box.KeyLength..];
        var session = Box.Between(transientOfClient, transientSecret)!;

        var counter = BinaryPrimitives.ReadUInt64BigEndian(data[CookieLength..]);
        CurveNonce.Compose(nonce, CurveNonce.Initiate, data.Slice(CookieLength, CurveNonce.ShortLength));
        var box = data[(CookieLength + CurveNonce.ShortLength)..];
        var plain = new byte[box.Length - Box.Overhead];
        var opened = session.TryOpen(box, nonce, plain);
        var vouched = opened && IsVouched(plain, transientOfClient, transientSecret);
        CryptographicOperations.ZeroMemory(keys);
        Traffic = new CurveTraffic(session, isServer: true, sent: 1, received: counter);
        if (!opened)
            return Fail(HandshakeFailureReason.MalformedCommand, "the INITIATE of the peer was not sealed with the keys of the connection");
        if (counter <= _clientNonce)
            return Fail(HandshakeFailureReason.MalformedCommand, $"the INITIATE of the peer has the nonce {counter} after {_clientNonce}; nonces must grow");
        if (!vouched)
            return Fail(HandshakeFailureReason.MalformedCommand, "the vouch in the INITIATE of the peer does not prove its permanent key");
        if (ReadMetadata(plain.AsSpan(InitiatePlain), "INITIATE") is { } failure)
            return Fail(failure);

        _cookie.Dispose();
        _session = session;
        return Options.Authenticates ? Ask(plain[..Box.KeyLength]) : Admit(output);
    }

    protected override MechanismOutcome Admit(IBufferWriter<byte> output)
    {
        WriteReady(_session!, output);
        return MechanismOutcome.Done;
    }

    /// <summary>The vouch is Box [C',S](C->S'): the holder of C speaks for C', to this server.</summary>
    private bool IsVouched(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> transientOfClient, ReadOnlySpan<byte> transientSecret)
    {
        var vouch = plain.Slice(Box.KeyLength, VouchLength);
        using var box = Box.Between(plain[..Box.KeyLength], transientSecret);
        Span<byte> nonce = stackalloc byte[Box.NonceLength];
        CurveNonce.Compose(nonce, CurveNonce.Vouch, vouch[..CurveNonce.LongLength]);
        Span<byte> keys = stackalloc byte[TwoKeys];
        return box is not null
            && box.TryOpen(vouch[CurveNonce.LongLength..], nonce, keys)
            && CryptographicOperations.FixedTimeEquals(keys[..Box.KeyLength], transientOfClient)
            && CryptographicOperations.FixedTimeEquals(keys[Box.KeyLength..], pair.PublicKey);
    }

    private void WriteReady(Box session, IBufferWriter<byte> output)
    {
        Span<byte> nonce = stackalloc byte[Box.NonceLength];
        var metadata = Options.LocalMetadata();
        var length = ReadyData + metadata.EncodedLength;
        var frame = output.GetSpan(Command.FrameLength(5, length));
        var offset = Command.WriteHeader(frame, "READY"u8, length);
        var data = frame.Slice(offset, length);
        metadata.Write(data[ReadyData..]);
        CurveNonce.WriteShort(data, 1, nonce, CurveNonce.Ready);
        session.Seal(data[CurveNonce.ShortLength..], nonce);
        output.Advance(offset + length);
    }
}
