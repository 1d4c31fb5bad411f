using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Actors.Zmtp.Tests.Protocol;

namespace Actors.Zmtp.Tests.BytePeer;

/// <summary>The other end of a tcp connection as plain octets: it sends what a script says and holds what comes against it.</summary>
internal sealed class RawPeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public const string FirstPart = "ff 0000000000000000 7f 03";
    public const string Null = "4e554c4c 00000000 00000000 00000000 00000000";
    public const string Filler = "00000000 00000000 00000000 00000000 00000000 00000000 00000000 000000";
    public const string SecondPart = "01" + Null + "00" + Filler;

    private readonly Socket _socket;
    private byte[] _rest = [];

    private RawPeer(Socket socket)
    {
        _socket = socket;
        _socket.NoDelay = true;
        _socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        _socket.SendTimeout = (int)Patience.TotalMilliseconds;
    }

    /// <summary>Binds a socket of ours and connects to it.</summary>
    public static RawPeer ConnectTo(ZmqSocket ours)
    {
        ours.Options.Linger = TimeSpan.Zero;
        return ConnectTo(ours.BindRandomPort("tcp://127.0.0.1"));
    }

    public static RawPeer ConnectTo(int port, int receiveBuffer = 0)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        if (receiveBuffer > 0)
            socket.ReceiveBufferSize = receiveBuffer;
        socket.Connect(IPAddress.Loopback, port);
        return new RawPeer(socket);
    }

    /// <summary>Takes the connection of a socket of ours.</summary>
    public static RawPeer Accept(RawListener listener) => new(listener.Accept(Patience));

    public void Send(string hex) => Send(Octets.Of(hex));

    public void Send(byte[] octets)
    {
        for (var sent = 0; sent < octets.Length;)
            sent += _socket.Send(octets, sent, octets.Length - sent, SocketFlags.None);
    }

    /// <summary>
    /// Sends the frame again and again until the other end has taken nothing for half a second, and returns how often; the
    /// last one may have left in part, and <see cref="SendRest"/> sends what is missing.
    /// </summary>
    public int SendUntilStopped(byte[] frame, int most)
    {
        var count = 0;
        while (count < most)
        {
            if (_rest.Length == 0)
            {
                _rest = frame;
                count++;
            }

            if (!_socket.Poll(TimeSpan.FromMilliseconds(500), SelectMode.SelectWrite))
                return count;
            _socket.Blocking = false;
            var sent = _socket.Send(_rest, 0, _rest.Length, SocketFlags.None, out var error);
            _socket.Blocking = true;
            Assert.True(error is SocketError.Success or SocketError.WouldBlock, $"sending failed: {error}");
            _rest = _rest[sent..];
        }

        throw new InvalidOperationException($"The other end took all of {most} frames of {frame.Length} octets; expected was that it stops.");
    }

    /// <summary>Sends what <see cref="SendUntilStopped"/> has left.</summary>
    public void SendRest()
    {
        Send(_rest);
        _rest = [];
    }

    /// <summary>Waits until the other end has taken all that was sent before.</summary>
    public void WaitUntilTaken()
    {
        Send("04 07 04 50494e47 0000");
        Expect("04 05 04 504f4e47");
    }

    /// <summary>Waits for exactly these octets.</summary>
    public void Expect(string hex)
    {
        var expected = Octets.Of(hex);
        Assert.Equal(Octets.Hex(expected), Octets.Hex(Read(expected.Length)));
    }

    /// <summary>Waits until the other end closes or resets the connection, past whatever it still sends.</summary>
    public void ExpectEnd()
    {
        var buffer = new byte[4096];
        try
        {
            while (_socket.Receive(buffer) > 0)
            {
            }
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            throw new TimeoutException($"The connection was not closed within {Patience.TotalSeconds} s.");
        }
    }

    /// <summary>Waits until the other end closes or resets the connection, and sends nothing before.</summary>
    public void ExpectEndWithoutAWord()
    {
        var octet = new byte[1];
        try
        {
            Assert.True(_socket.Receive(octet) == 0, $"expected was the end of the connection; 0x{octet[0]:x2} came");
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            throw new TimeoutException($"The connection was not closed within {Patience.TotalSeconds} s.");
        }
    }

    /// <summary>Waits so long for octets of the other end, and leaves them.</summary>
    public bool HasOctets(TimeSpan patience) => _socket.Poll(patience, SelectMode.SelectRead);

    /// <summary>Drops what has come of the other end, waiting so long, and says whether it has ended the connection.</summary>
    public bool HasEnded(TimeSpan patience)
    {
        if (!HasOctets(patience))
            return false;
        try
        {
            return _socket.Receive(new byte[4096]) == 0;
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
            return true;
        }
    }

    /// <summary>Waits for a whole frame.</summary>
    public (byte Flags, byte[] Body) ReadFrame()
    {
        var flags = Read(1)[0];
        var length = (flags & 0x02) == 0 ? Read(1)[0] : BinaryPrimitives.ReadInt64BigEndian(Read(8));
        return (flags, Read(checked((int)length)));
    }

    /// <summary>Goes through greeting and handshake as a peer of a socket type, and returns the body of the other end's READY.</summary>
    public byte[] Handshake(string socketType, int minor = 1, string identity = "")
    {
        Greet(minor);
        SendReady(socketType, identity);
        var (flags, body) = ReadFrame();
        Assert.Equal(0x04, flags);
        Assert.Equal("READY", System.Text.Encoding.ASCII.GetString(body.AsSpan(1, body[0])));
        return body;
    }

    /// <summary>Exchanges greetings of NULL.</summary>
    public void Greet(int minor = 1)
    {
        Send(FirstPart);
        Expect(FirstPart);
        Send($"0{minor}" + Null + "00" + Filler);
        Expect(SecondPart);
    }

    public void SendReady(string socketType, string identity = "")
    {
        var ready = ReadyBody(socketType, identity);
        Send([0x04, (byte)ready.Length, .. ready]);
    }

    public static byte[] ReadyBody(string socketType, string identity = "")
    {
        var name = System.Text.Encoding.ASCII.GetBytes(socketType);
        var id = Octets.Of(identity);
        return
        [
            .. Octets.Of("05 5245414459 0b 536f636b65742d54797065 000000"), (byte)name.Length, .. name,
            .. Octets.Of("08 4964656e74697479 000000"), (byte)id.Length, .. id,
        ];
    }

    /// <summary>Ends the connection as a lost host would: a reset, nothing more.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public void Dispose() => _socket.Dispose();

    public byte[] Read(int count)
    {
        var octets = new byte[count];
        var have = 0;
        try
        {
            while (have < count)
            {
                var read = _socket.Receive(octets, have, count - have, SocketFlags.None);
                if (read == 0)
                    throw new InvalidOperationException($"The connection was closed; expected were {count} octets, {have} came: {Octets.Hex(octets.AsSpan(0, have))}.");
                have += read;
            }
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            throw new TimeoutException($"Expected were {count} octets within {Patience.TotalSeconds} s, {have} came: {Octets.Hex(octets.AsSpan(0, have))}.");
        }

        return octets;
    }
}
