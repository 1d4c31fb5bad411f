using Actors.Zmtp;

namespace Actors.Host.Commands.Sockets;

/// <summary>A socket whose messages have any number of frames.</summary>
internal sealed class MultipartSocket : ToolSocket
{
    private readonly ZmqSocket _socket;

    public MultipartSocket(ZmqSocketType type)
    {
        _socket = type switch
        {
            ZmqSocketType.Req => new RequestSocket(),
            ZmqSocketType.Rep => new ResponseSocket(),
            ZmqSocketType.Dealer => new DealerSocket(),
            ZmqSocketType.Router => new RouterSocket(),
            ZmqSocketType.Pub => new PublisherSocket(),
            ZmqSocketType.Xpub => new XPublisherSocket(),
            ZmqSocketType.Sub => new SubscriberSocket(),
            ZmqSocketType.Xsub => new XSubscriberSocket(),
            ZmqSocketType.Push => new PushSocket(),
            ZmqSocketType.Pull => new PullSocket(),
            ZmqSocketType.Pair => new PairSocket(),
            ZmqSocketType.Peer => new PeerSocket(),
            ZmqSocketType.Stream => new StreamSocket(),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "This type has no frames."),
        };
        // A message for a peer that is not there is an error and does not vanish.
        if (type == ZmqSocketType.Router) _socket.Options.RouterMandatory = true;
    }

    public override ZmqSocketType Type => _socket.Type;

    public override SocketOptions Options => _socket.Options;

    public override SocketStatistics Statistics => _socket.GetStatistics();

    public override IDisposable Monitor(SocketEvents watched, Action<SocketEvent> handler) => _socket.Monitor(watched, handler);

    public override void Subscribe(ReadOnlyMemory<byte> topic) => ((SubscribingSocket)_socket).Subscribe(topic.Span);

    public override SendResult Send(IReadOnlyList<ReadOnlyMemory<byte>> frames) =>
        _socket.TrySend(frames is ReadOnlyMemory<byte>[] array ? array : [.. frames]);

    public override IReadOnlyList<ReadOnlyMemory<byte>>? TryReceive()
    {
        if (!_socket.TryReceive(out var frame, out var more)) return null;
        if (!more) return [frame];
        var frames = new List<ReadOnlyMemory<byte>> { frame };
        while (more && _socket.TryReceive(out var next, out more)) frames.Add(next);
        return frames;
    }

    public override void Dispose() => _socket.Dispose();

    protected override void Bind(string endpoint) => _socket.Bind(endpoint);

    protected override void Connect(string endpoint) => _socket.Connect(endpoint);

    protected override bool WaitOnce(bool toSend, TimeSpan time) => _socket.Poll(toSend ? PollEvents.PollOut : PollEvents.PollIn, time) != PollEvents.None;
}
