using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Protocol;
using Actors.Zmtp.Transports.WebSocket;

namespace Actors.Zmtp.Tests.WebSocket;

/// <summary>The other end of a ws connection as HTTP text and plain octets: it sends what a script says and holds what comes against it.</summary>
internal sealed class WebSocketPeer : IDisposable
{
    public const string Key = "dGhlIHNhbXBsZSBub25jZQ==";

    /// <summary>The answer to <see cref="Key"/> in RFC 6455, section 1.3.</summary>
    public const string KeyAnswer = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly byte[] Mask = [0x37, 0xfa, 0x21, 0x3d];

    private readonly Socket _socket;
    private readonly bool _masks;

    private WebSocketPeer(Socket socket, bool masks)
    {
        _socket = socket;
        _masks = masks;
        _socket.NoDelay = true;
        _socket.ReceiveTimeout = _socket.SendTimeout = (int)Patience.TotalMilliseconds;
    }

    /// <summary>Binds a socket of ours and connects to it, without the upgrade.</summary>
    public static WebSocketPeer ConnectTo(ZmqSocket ours)
    {
        ours.Options.Linger = TimeSpan.Zero;
        return ConnectTo(ours.BindRandomPort("ws://127.0.0.1"));
    }

    public static WebSocketPeer ConnectTo(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, port);
        return new WebSocketPeer(socket, masks: true);
    }

    /// <summary>Takes the connection of a socket of ours, without the upgrade.</summary>
    public static WebSocketPeer Accept(RawListener listener) => new(listener.Accept(Patience), masks: false);

    public static string Request(string protocols = "ZWS2.0/NULL", string path = "/")
        => $"GET {path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Key: {Key}\r\nSec-WebSocket-Protocol: {protocols}\r\nSec-WebSocket-Version: 13\r\nOrigin: http://example.com\r\n\r\n";

    public static string Response(string accept, string protocol = "ZWS2.0/NULL")
        => $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Protocol: {protocol}\r\n\r\n";

    /// <summary>Goes through the upgrade as the client, and returns the head of the answer.</summary>
    public string Upgrade(string protocols = "ZWS2.0/NULL")
    {
        SendText(Request(protocols));
        var head = ReadHead();
        Assert.StartsWith("HTTP/1.1 101 ", head, StringComparison.Ordinal);
        return head;
    }

    /// <summary>Goes through upgrade and NULL handshake as the client of a socket type.</summary>
    public void Handshake(string socketType, string identity = "")
    {
        Upgrade();
        SendMessage("02", RawPeer.ReadyBody(socketType, identity));
        var ready = ReadMessage();
        Assert.StartsWith("02 05 52 45 41 44 59", Spaced(ready), StringComparison.Ordinal);
    }

    /// <summary>Goes through the upgrade as the server.</summary>
    public void UpgradeAsServer(string protocol = "ZWS2.0/NULL")
    {
        const string Field = "Sec-WebSocket-Key: ";
        var key = ReadHead().Split("\r\n").Single(line => line.StartsWith(Field, StringComparison.Ordinal))[Field.Length..];
        SendText(Response(WebSocketKey.Accept(key), protocol));
    }

    /// <summary>Goes through upgrade and NULL handshake as the server of a socket type.</summary>
    public void HandshakeAsServer(string socketType)
    {
        UpgradeAsServer();
        ReadMessage();
        SendMessage("02", RawPeer.ReadyBody(socketType));
    }

    public void SendText(string text) => SendOctets(Encoding.ASCII.GetBytes(text));

    /// <summary>Reads up to the empty line of a head.</summary>
    public string ReadHead()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            head.Append((char)Read(1)[0]);
        return head.ToString();
    }

    /// <summary>Sends a binary message: the flags octet in hex, and a body.</summary>
    public void SendMessage(string flags, byte[] body) => SendFrame(0x82, [.. Octets.Of(flags), .. body]);

    public void SendMessage(string hex) => SendFrame(0x82, Octets.Of(hex));

    /// <summary>Sends a frame with this first octet, masked as this end must.</summary>
    public void SendFrame(byte first, byte[] payload) => SendFrame(first, payload, _masks);

    public void SendFrame(byte first, byte[] payload, bool masked)
    {
        List<byte> frame = [first];
        var maskBit = (byte)(masked ? 0x80 : 0);
        if (payload.Length < 126)
        {
            frame.Add((byte)(payload.Length | maskBit));
        }
        else if (payload.Length <= ushort.MaxValue)
        {
            frame.AddRange([(byte)(126 | maskBit), (byte)(payload.Length >> 8), (byte)payload.Length]);
        }
        else
        {
            frame.Add((byte)(127 | maskBit));
            var size = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(size, payload.Length);
            frame.AddRange(size);
        }

        if (masked)
            frame.AddRange(Mask);
        frame.AddRange(payload.Select((octet, i) => masked ? (byte)(octet ^ Mask[i % 4]) : octet));
        SendOctets([.. frame]);
    }

    public void SendOctets(byte[] octets)
    {
        for (var sent = 0; sent < octets.Length;)
            sent += _socket.Send(octets, sent, octets.Length - sent, SocketFlags.None);
    }

    /// <summary>Waits for a binary message, which our sockets send in one frame, and returns its payload without the mask.</summary>
    public byte[] ReadMessage()
    {
        var (first, payload) = ReadFrame();
        Assert.Equal(0x82, first);
        return payload;
    }

    public void ExpectMessage(string hex) => Assert.Equal(Octets.Hex(Octets.Of(hex)), Octets.Hex(ReadMessage()));

    /// <summary>Waits for a frame with this first octet and payload.</summary>
    public void ExpectFrame(byte first, string hex)
    {
        var (came, payload) = ReadFrame();
        Assert.Equal((first, hex), (came, Convert.ToHexStringLower(payload)));
    }

    /// <summary>Waits for a frame; one of a client must be masked, one of a server must not.</summary>
    public (byte First, byte[] Payload) ReadFrame()
    {
        var header = Read(2);
        Assert.Equal(!_masks, (header[1] & 0x80) != 0);
        long length = header[1] & 0x7f;
        if (length == 126)
            length = BinaryPrimitives.ReadUInt16BigEndian(Read(2));
        else if (length == 127)
            length = BinaryPrimitives.ReadInt64BigEndian(Read(8));
        var mask = _masks ? new byte[4] : Read(4);
        return (header[0], [.. Read((int)length).Select((octet, i) => (byte)(octet ^ mask[i % 4]))]);
    }

    /// <summary>Waits until the other end closes the connection, past whatever it still sends, and returns that.</summary>
    public byte[] ReadToEnd()
    {
        List<byte> all = [];
        var buffer = new byte[4096];
        try
        {
            for (var count = _socket.Receive(buffer); count > 0; count = _socket.Receive(buffer))
                all.AddRange(buffer[..count]);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            throw new TimeoutException($"The connection was not closed within {Patience.TotalSeconds} s.");
        }

        return [.. all];
    }

    public void Dispose() => _socket.Dispose();

    private static string Spaced(byte[] octets) => string.Join(' ', octets.Select(octet => octet.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));

    private byte[] Read(int count)
    {
        var octets = new byte[count];
        for (var have = 0; have < count;)
        {
            int read;
            try
            {
                read = _socket.Receive(octets, have, count - have, SocketFlags.None);
            }
            catch (SocketException error) when (error.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
            {
                throw new TimeoutException($"Expected were {count} octets within {Patience.TotalSeconds} s, {have} came.");
            }

            if (read == 0)
                throw new InvalidOperationException($"The connection was closed; expected were {count} octets, {have} came.");
            have += read;
        }

        return octets;
    }
}
