using System.Buffers.Binary;
using System.Text;
using Actors.Zmtp;

namespace Actors.Host.Commands.Sockets;

/// <summary>A socket whose messages have one frame, with what belongs to it as a frame in front.</summary>
internal sealed class SinglePartSocket(ThreadSafeSocket socket) : ToolSocket
{
    private static readonly TimeSpan s_refusedWait = TimeSpan.FromMilliseconds(20);

    private IReadOnlyList<ReadOnlyMemory<byte>>? _received;
    private bool _isFull;

    public override ZmqSocketType Type => socket.Type;

    public override SocketOptions Options => socket.Options;

    public override SocketStatistics Statistics => socket.GetStatistics();

    private bool HasEnvelope => Type is ZmqSocketType.Server or ZmqSocketType.Radio or ZmqSocketType.Dish;

    public override IDisposable Monitor(SocketEvents watched, Action<SocketEvent> handler) => socket.Monitor(watched, handler);

    public override void Subscribe(ReadOnlyMemory<byte> topic) => ((DishSocket)socket).Join(Encoding.UTF8.GetString(topic.Span));

    // These sockets wait only in a send, not for one: where the last one was refused, the next one waits a little.
    public override SendResult Send(IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        var result = Send(frames, _isFull ? s_refusedWait : TimeSpan.Zero);
        _isFull = result == SendResult.Full;
        return result;
    }

    public override IReadOnlyList<ReadOnlyMemory<byte>>? TryReceive()
    {
        if (_received is null) Receive(TimeSpan.Zero);
        (var received, _received) = (_received, null);
        return received;
    }

    public override void Dispose() => socket.Dispose();

    protected override void Bind(string endpoint) => socket.Bind(endpoint);

    protected override void Connect(string endpoint) => socket.Connect(endpoint);

    protected override bool WaitOnce(bool toSend, TimeSpan time) => toSend ? time > TimeSpan.Zero : _received is not null || Receive(time);

    private SendResult Send(IReadOnlyList<ReadOnlyMemory<byte>> frames, TimeSpan time)
    {
        var expected = HasEnvelope ? 2 : 1;
        if (frames.Count != expected)
            throw ToolException.Usage($"a message of {frames.Count} frames: expected {(expected == 1 ? "one frame" : Type == ZmqSocketType.Server ? "the four bytes of the peer and one frame" : "the group and one frame")} for a {Type.ToString().ToUpperInvariant()}");
        var message = default(Msg);
        message.InitGiven(frames[^1]);
        try
        {
            if (Type == ZmqSocketType.Server) message.RoutingId = frames[0].Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(frames[0].Span) : throw ToolException.Usage($"the first frame has {frames[0].Length} bytes: expected the four bytes of a peer of a SERVER");
            else if (HasEnvelope) message.Group = Encoding.UTF8.GetString(frames[0].Span);
            return socket.TrySend(ref message, time) ? SendResult.Sent : SendResult.Full;
        }
        catch (HostUnreachableException)
        {
            return SendResult.Unroutable;
        }
        catch (InvalidException fault)
        {
            throw ToolException.Usage(fault.Message);
        }
        finally
        {
            if (message.IsInitialised) message.Close();
        }
    }

    private bool Receive(TimeSpan time)
    {
        var message = default(Msg);
        if (!socket.TryReceive(ref message, time)) return false;
        ReadOnlyMemory<byte> body = message.Slice().ToArray();
        _received = Type switch
        {
            ZmqSocketType.Server => [RoutingId(message.RoutingId), body],
            ZmqSocketType.Dish => [Encoding.UTF8.GetBytes(message.Group), body],
            _ => [body],
        };
        message.Close();
        return true;
    }

    private static byte[] RoutingId(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }
}
