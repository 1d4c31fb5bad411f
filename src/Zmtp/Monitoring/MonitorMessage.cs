using System.Buffers.Binary;
using System.Text;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Monitoring;

/// <summary>
/// An event as it travels to the monitor, five frames: the event in two bytes and its value in four, little end first;
/// the endpoint; the peer's address; the peer's routing id; what happened, for people. The first two are those of
/// <c>zmq_socket_monitor(3)</c>.
/// </summary>
/// <param name="Event">What happened.</param>
/// <param name="Value">An error, an interval, or what kind of end a connection had.</param>
/// <param name="Endpoint">The endpoint that was bound or connected.</param>
/// <param name="PeerAddress">The peer's end; empty when there is none.</param>
/// <param name="RoutingId">The routing id that the peer told; empty when it told none.</param>
/// <param name="Detail">A sentence; empty when there is nothing to add.</param>
internal sealed record MonitorMessage(SocketEvents Event, int Value, string Endpoint, string PeerAddress, byte[] RoutingId, string Detail)
{
    private const int HeadLength = 6;

    /// <summary>Sends an event; without a monitor at the other end there is nobody to tell.</summary>
    public static void Send(PairSocket pair, SocketEvents what, int value, string endpoint, string peer, ReadOnlySpan<byte> routingId, string detail)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        BinaryPrimitives.WriteUInt16LittleEndian(head, (ushort)what);
        BinaryPrimitives.WriteInt32LittleEndian(head[2..], value);
        if (TrySend(pair, head, more: true))
        {
            TrySend(pair, Encoding.UTF8.GetBytes(endpoint), more: true);
            TrySend(pair, Encoding.UTF8.GetBytes(peer), more: true);
            TrySend(pair, routingId, more: true);
            TrySend(pair, Encoding.UTF8.GetBytes(detail), more: false);
        }
    }

    /// <summary>Receives an event; null when none is there.</summary>
    public static MonitorMessage? TryReceive(ZmqSocket socket)
    {
        List<byte[]>? frames = null;
        if (!socket.TryReceiveMultipartBytes(TimeSpan.Zero, ref frames))
        {
            return null;
        }

        if (frames.Count != 5 || frames[0].Length != HeadLength)
        {
            throw new InvalidOperationException($"The monitor received {frames.Count} frames, which are no event; expected were five, the first of {HeadLength} bytes.");
        }

        return new MonitorMessage(
            (SocketEvents)BinaryPrimitives.ReadUInt16LittleEndian(frames[0]),
            BinaryPrimitives.ReadInt32LittleEndian(frames[0].AsSpan(2)),
            Encoding.UTF8.GetString(frames[1]),
            Encoding.UTF8.GetString(frames[2]),
            frames[3],
            Encoding.UTF8.GetString(frames[4]));
    }

    private static bool TrySend(PairSocket pair, ReadOnlySpan<byte> bytes, bool more)
    {
        Msg frame = default;
        frame.InitPool(bytes.Length);
        bytes.CopyTo(frame.Slice());
        if (pair.TrySend(ref frame, TimeSpan.Zero, more))
        {
            return true;
        }

        frame.Close();
        return false;
    }
}
