using NetMQ.Protocol;
using NetMQ.Sockets;

namespace NetMQ.Pipes;

/// <summary>What other threads tell the socket of a pipe.</summary>
[Flags]
internal enum PipeSignals
{
    None = 0,

    /// <summary>The pipe is new, or its peer is another than before.</summary>
    Attached = 1,

    Readable = 2,

    Writable = 4,

    /// <summary>The other side is gone; what has arrived can be read.</summary>
    Terminated = 8,
}

/// <summary>Who serves the other side of a pipe.</summary>
internal interface IPipeEngine
{
    /// <summary>The socket has closed its side: what waits may be sent for so long, negative for without end.</summary>
    void Terminate(Pipe side, TimeSpan linger);
}

/// <summary>A socket's end of a pipe: a direction in, a direction out, and who is at the other end.</summary>
internal sealed class Pipe : IPipeSide
{
    private readonly SocketCore _socket;
    private readonly IPipeEngine _engine;
    private int _signals;

    public Pipe(SocketCore socket, PipeState inbound, PipeState outbound, IPipeEngine engine)
    {
        _socket = socket;
        _engine = engine;
        // The states lie between the two objects in memory, so that these share no cache line.
        Out = new PipeWriter(outbound);
        In = new PipeReader(inbound);
        inbound.Reader = this;
        outbound.Writer = this;
    }

    public PipeReader In { get; }

    public PipeWriter Out { get; }

    /// <summary>What the handshake told of the peer; null before there was one.</summary>
    public PeerInfo? Peer { get; set; }

    /// <summary>The address of the peer, or the name of an inproc endpoint.</summary>
    public string PeerEndpoint { get; set; } = "";

    /// <summary>The endpoint of this socket that the pipe belongs to.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The name by which a ROUTER knows the pipe.</summary>
    public byte[]? RoutingId { get; set; }

    /// <summary>The number by which a SERVER or PEER knows the pipe; zero when it has none.</summary>
    public uint RoutingNumber { get; set; }

    /// <summary>The last frame that a publisher read had another behind it.</summary>
    public bool ReceivingMore { get; set; }

    /// <summary>Messages that were not sent because the pipe was full.</summary>
    public long Dropped { get; private set; }

    /// <summary>Where the pipe is in the list of those that may be read; negative when it is in none.</summary>
    internal int InIndex { get; set; } = -1;

    /// <summary>Where the pipe is in the list of those that may be written; negative when it is in none.</summary>
    internal int OutIndex { get; set; } = -1;

    /// <summary>The other end is a socket of this process.</summary>
    public bool IsInproc { get; init; }

    /// <summary>The other side is gone, or this one wants no more of it.</summary>
    public bool IsTerminated { get; set; }

    /// <summary>The next in the socket's list of signalled pipes.</summary>
    internal Pipe? NextSignalled;

    public void CountDropped() => Dropped++;

    public bool IsOf(IPipeEngine engine) => ReferenceEquals(_engine, engine);

    public void CanRead() => Raise(PipeSignals.Readable);

    public void CanWrite() => Raise(PipeSignals.Writable);

    /// <summary>Tells the socket, from any thread.</summary>
    public void Raise(PipeSignals signals)
    {
        if (Interlocked.Or(ref _signals, (int)signals) == 0)
        {
            _socket.Mailbox.Push(this);
        }
    }

    internal PipeSignals TakeSignals() => (PipeSignals)Interlocked.Exchange(ref _signals, 0);

    /// <summary>For a socket that does not receive: what a peer sends nevertheless is dropped.</summary>
    public void DropInbound()
    {
        Msg msg = default;
        do
        {
            while (In.TryRead(ref msg))
            {
                msg.Close();
            }
        }
        while (!In.WaitForMessage() && !In.IsAtEnd);
    }

    /// <summary>The socket closes its side.</summary>
    public void Close(TimeSpan linger)
    {
        Out.Close();
        In.Close();
        _engine.Terminate(this, linger);
    }
}
