using System.Net;
using System.Net.Sockets;
using System.Text;
using Actors.Transport;

namespace Actors.Tests.Direct;

/// <summary>
/// A DEALER as plain octets, which says hello and reads only when it is told to. Of a message of <see cref="Large"/> octets the
/// system takes a part, so none leaves the router whole before it is read.
/// </summary>
internal sealed class SilentPeer : IDisposable
{
    /// <summary>More than the send buffer of the system and the receive buffer here hold together.</summary>
    public const int Large = 16 << 20;

    private const int GreetingLength = 64;
    private const byte Command = 4;
    private const byte LongFrame = 2;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <param name="endpoint">Of the router, on tcp.</param>
    /// <param name="routingId">The name by which the router knows this peer.</param>
    /// <param name="patience">How long it waits for the router to answer.</param>
    public SilentPeer(string endpoint, string routingId, TimeSpan patience)
    {
        _socket.ReceiveBufferSize = 64 << 10;
        _socket.ReceiveTimeout = _socket.SendTimeout = (int)patience.TotalMilliseconds;
        _socket.Connect(IPAddress.Loopback, new Uri(endpoint).Port);
        // RFC 23: signature, version 3.0, the mechanism NULL, filled up.
        byte[] greeting = [0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0x7F, 3, 0, .. "NULL"u8];
        Array.Resize(ref greeting, GreetingLength);
        _socket.Send(greeting);
        ReadExactly(GreetingLength);
        byte[] ready = [5, .. "READY"u8, .. Property("Socket-Type", "DEALER"), .. Property("Identity", routingId)];
        _socket.Send([Command, (byte)ready.Length, .. ready]);
        ReadFrame();
        _socket.Send([0, 5, .. "hello"u8]);
    }

    /// <summary>Reads the next frame.</summary>
    public void ReadFrame()
    {
        var isLong = (ReadExactly(1)[0] & LongFrame) != 0;
        ReadExactly(isLong ? (int)System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(ReadExactly(8)) : ReadExactly(1)[0]);
    }

    /// <summary>Ends its side of the connection, and reads nothing of what has come.</summary>
    public void Leave() => _socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => _socket.Dispose();

    private static byte[] Property(string name, string value) =>
        [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), 0, 0, 0, (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];

    private byte[] ReadExactly(int count)
    {
        var octets = new byte[count];
        for (var read = 0; read < count;)
        {
            var now = _socket.Receive(octets.AsSpan(read));
            if (now == 0) throw new InvalidOperationException($"the router ended the connection after {read} of {count} octets");
            read += now;
        }
        return octets;
    }
}
