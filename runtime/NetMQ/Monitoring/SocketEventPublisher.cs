using System.Buffers.Binary;
using System.Text;
using NetMQ.Connections;
using NetMQ.Sockets;

namespace NetMQ.Monitoring;

/// <summary>
/// Publishes what happens to a socket's endpoints and connections, from any thread, in order, at an inproc endpoint that
/// a <see cref="NetMQMonitor"/> connects to. An event is two frames: number and value, and the endpoint.
/// </summary>
internal sealed class SocketEventPublisher(SocketCore socket) : IDisposable
{
    /// <summary>Length of the first frame: the event in two bytes and its value in four, little end first.</summary>
    public const int HeadLength = 6;

    private readonly Lock _lock = new();
    private PairSocket? _pair;
    private SocketEvents _wanted;

    public void Start(string endpoint, SocketEvents events)
    {
        PairSocket pair = new();
        try
        {
            pair.Options.SendHighWatermark = 0;
            pair.Options.Linger = TimeSpan.Zero;
            pair.Bind(endpoint);
        }
        catch
        {
            pair.Dispose();
            throw;
        }

        lock (_lock)
        {
            _pair?.Dispose();
            _pair = pair;
            _wanted = events;
        }
    }

    public void Stop()
    {
        lock (_lock)
        {
            _pair?.Dispose();
            _pair = null;
            _wanted = 0;
        }
    }

    public void Dispose() => Stop();

    public void Connected(string endpoint) => Publish(SocketEvents.Connected, endpoint, 0);

    public void ConnectDelayed(string endpoint) => Publish(SocketEvents.ConnectDelayed, endpoint, (int)ErrorCode.InProgress);

    public void ConnectRetried(string endpoint, TimeSpan interval) => Publish(SocketEvents.ConnectRetried, endpoint, (int)interval.TotalMilliseconds);

    public void Listening(string endpoint) => Publish(SocketEvents.Listening, endpoint, 0);

    public void BindFailed(string endpoint, ErrorCode error) => Publish(SocketEvents.BindFailed, endpoint, (int)error);

    public void Accepted(string endpoint) => Publish(SocketEvents.Accepted, endpoint, 0);

    public void AcceptFailed(string endpoint, ErrorCode error) => Publish(SocketEvents.AcceptFailed, endpoint, (int)error);

    public void Closed(string endpoint) => Publish(SocketEvents.Closed, endpoint, 0);

    public void CloseFailed(string endpoint, ErrorCode error) => Publish(SocketEvents.CloseFailed, endpoint, (int)error);

    public void Disconnected(string endpoint, CloseReason reason) => Publish(SocketEvents.Disconnected, endpoint, (int)reason.Kind);

    private void Publish(SocketEvents what, string endpoint, int value)
    {
        if ((_wanted & what) == 0)
        {
            return;
        }

        lock (_lock)
        {
            if (_pair is null || (_wanted & what) == 0)
            {
                return;
            }

            Msg head = default;
            head.InitPool(HeadLength);
            BinaryPrimitives.WriteUInt16LittleEndian(head.Slice(), (ushort)what);
            BinaryPrimitives.WriteInt32LittleEndian(head.Slice(2), value);
            // Without a monitor at the other end there is nobody to tell.
            if (!_pair.TrySend(ref head, TimeSpan.Zero, more: true))
            {
                head.Close();
                return;
            }

            byte[] text = Encoding.UTF8.GetBytes(endpoint);
            Msg address = default;
            address.InitGC(text, text.Length);
            _pair.TrySend(ref address, TimeSpan.Zero, more: false);
        }
    }

    /// <summary>For the messages of exceptions.</summary>
    public override string ToString() => $"events of a {socket.Type} socket";
}
