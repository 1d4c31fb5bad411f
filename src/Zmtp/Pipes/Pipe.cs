using Actors.Zmtp.Monitoring;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Pipes;

/// <summary>Signals that other threads raise for the socket that owns the pipe.</summary>
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

/// <summary>The far side of a pipe: a session, or the link to the peer socket of an inproc pipe.</summary>
internal interface IPipeEngine
{
    /// <summary>The socket has closed its side: what waits may be sent for so long, negative for without end.</summary>
    void Terminate(Pipe side, TimeSpan linger);

    /// <summary>The peer took more than it may: its connection is to end.</summary>
    void Refuse(string reason);

    /// <summary>The message that the peer receives as the last of this side, when this side closes the pipe; null for none.</summary>
    byte[]? FarewellOf(Pipe side) => null;
}

/// <summary>A socket's end of a pipe: a direction in, a direction out, and who is at the other end.</summary>
internal sealed class Pipe : IPipeSide
{
    /// <summary>A full pipe reports its first dropped message at once, then after each so many, then the rest when it has room.</summary>
    private const int ReportedAtOnce = 1024;

    private readonly SocketCore _socket;
    private readonly IPipeEngine _engine;
    private readonly PipeDirection _inbound;
    private readonly PipeDirection _outbound;
    private long _dropped;
    private long _droppedReported;
    private long _sent;
    private long _unsent;
    private long _unsentReported;
    private long _unread;
    private int _signals;
    private int _connections;
    private bool _isMissing;

    public Pipe(SocketCore socket, PipeDirection inbound, PipeDirection outbound, IPipeEngine engine)
    {
        _socket = socket;
        _engine = engine;
        _inbound = inbound;
        _outbound = outbound;
        // The states lie between the two objects in memory, so that these share no cache line.
        Out = new PipeWriter(outbound.Writer);
        In = new PipeReader(inbound.Reader);
        inbound.Reader.Reader = this;
        outbound.Writer.Writer = this;
    }

    public PipeReader In { get; }

    public PipeWriter Out { get; }

    /// <summary>The peer as the handshake described it; null before there was one.</summary>
    public PeerInfo? Peer { get; set; }

    /// <summary>The address of the peer, or the name of an inproc endpoint.</summary>
    public string PeerEndpoint { get; set; } = "";

    /// <summary>The endpoint of this socket that the pipe belongs to.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The name by which a ROUTER knows the pipe.</summary>
    public byte[]? RoutingId { get; set; }

    /// <summary>The number by which a SERVER or PEER knows the pipe; zero when it has none.</summary>
    public uint RoutingNumber { get; set; }

    /// <summary>The name that this end has made up for a peer that has none, before the socket knows the pipe.</summary>
    public byte[]? GivenRoutingId { get; set; }

    /// <summary>The name of the peer that the user of the socket is told; null for none.</summary>
    public byte[]? PeerRoutingId => RoutingId ?? (Peer is { RoutingId.IsEmpty: false } peer ? peer.RoutingId.ToArray() : GivenRoutingId);

    /// <summary>Why the socket does not know the peer by its name any more; null as long as it does.</summary>
    public string? LostName { get; set; }

    /// <summary>How many connections the pipe has had. The I/O thread counts each before anything of it can be read.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The number of the connection whose subscriptions a publisher has; what is read of a later one is said anew.</summary>
    public int SubscribedOn { get; set; }

    /// <summary>The last frame that a publisher read had another behind it.</summary>
    public bool ReceivingMore { get; set; }

    /// <summary>Messages that were not sent because the pipe was full.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>The engine has nothing more to do with the pipe. Under the lock of the socket's pipes.</summary>
    public bool EngineLeft { get; set; }

    /// <summary>Place in the ring of pipes to read; negative when the pipe is in none.</summary>
    internal int InIndex = -1;

    /// <summary>Place in the ring of pipes to write; negative when the pipe is in none.</summary>
    internal int OutIndex = -1;

    /// <summary>The other end is a socket of this process.</summary>
    public bool IsInproc { get; init; }

    /// <summary>The pattern knows the pipe. On the socket's thread.</summary>
    public bool IsAttached { get; set; }

    /// <summary>The other side is gone, or this one wants no more of it.</summary>
    public bool IsTerminated { get; set; }

    /// <summary>The next in the socket's list of signalled pipes.</summary>
    internal Pipe? NextSignalled;

    /// <summary>Ends the connection of the peer, which took more than it may.</summary>
    public void Refuse(string reason) => _engine.Refuse(reason);

    /// <summary>On the socket's thread: the pipe was full.</summary>
    public void CountDropped()
    {
        Volatile.Write(ref _dropped, _dropped + 1);
        if (_socket.Events.AreWatched(SocketEvents.MessagesDropped) && (!_isMissing || _dropped - _droppedReported >= ReportedAtOnce))
        {
            ReportDropped();
            _isMissing = Out.WaitForRoom();
        }
    }

    /// <summary>On the socket's thread, when the pipe has room again: tells what was dropped since it was told last.</summary>
    public void HasRoomAgain()
    {
        if (_isMissing)
        {
            _isMissing = false;
            ReportDropped();
        }
    }

    /// <summary>When neither the socket nor the engine uses the pipe any more: makes its counters final.</summary>
    public void End()
    {
        // The socket may have written before it heard of the end.
        if (!IsInproc)
        {
            CountUnsent();
        }
        else if (_outbound.Conflation is null && Out.IsReaderClosed)
        {
            // What the peer had not read when it closed is told at its side.
            _sent = _outbound.Reader.Counters.ReaderEnd;
            CountUnsent();
        }
    }

    /// <summary>Behind <see cref="End"/>, without a lock, since those who listen run their own code: tells what was not told yet.</summary>
    public void ReportEnd()
    {
        ReportUnsent();
        ReportDropped();
    }

    /// <summary>On the engine's thread: nothing more is sent.</summary>
    /// <param name="sent">Messages that were given to the transport.</param>
    /// <param name="lastDropped">1 where only the last message is kept, and that was dropped.</param>
    public void EndOutbound(long sent, long lastDropped)
    {
        _sent = sent - lastDropped;
        CountUnsent();
        ReportUnsent();
    }

    /// <summary>From any thread. The numbers are those that the two sides tell each other anyhow.</summary>
    public PipeStatistics Statistics()
    {
        // First what was taken out, then what was put in, so that no difference is negative.
        long read = Volatile.Read(ref _inbound.Reader.Counters.Consumed);
        long unread = Volatile.Read(ref _unread) + (_inbound.Conflation?.Replaced ?? 0);
        long bytesOut = Volatile.Read(ref _outbound.Reader.Counters.ConsumedBytes);
        long sent = Volatile.Read(ref _outbound.Reader.Counters.Consumed);
        long unsent = Volatile.Read(ref _unsent);
        long replaced = _outbound.Conflation?.Replaced ?? 0;
        long received = Volatile.Read(ref _inbound.Writer.Counters.Published);
        return new PipeStatistics
        {
            Endpoint = Endpoint,
            PeerAddress = PeerEndpoint,
            RoutingId = PeerRoutingId,
            MessagesIn = received,
            BytesIn = Volatile.Read(ref _inbound.Writer.Counters.PublishedBytes),
            QueuedIn = Math.Max(0, received - read - unread),
            MessagesOut = sent,
            BytesOut = bytesOut,
            QueuedOut = Math.Max(0, Volatile.Read(ref _outbound.Writer.Counters.Published) - sent - unsent - replaced),
            DroppedFull = Dropped + replaced,
            DroppedUnsent = unsent,
            DroppedUnread = unread,
        };
    }

    public bool IsOf(IPipeEngine engine) => ReferenceEquals(_engine, engine);

    /// <summary>The session that serves the pipe; null over inproc.</summary>
    public Connections.Session? Session => _engine as Connections.Session;

    /// <summary>On the I/O thread: another connection carries the pipe.</summary>
    public void BeginConnection()
    {
        Interlocked.Increment(ref _connections);
        Raise(PipeSignals.Attached);
    }

    public void CanRead() => Raise(PipeSignals.Readable);

    public void CanWrite()
    {
        Raise(PipeSignals.Writable);
        _socket.Events.PeerWritable(this);
    }

    /// <summary>Tells the socket, from any thread.</summary>
    public void Raise(PipeSignals signals)
    {
        if (Interlocked.Or(ref _signals, (int)signals) == 0)
        {
            _socket.Mailbox.Push(this);
        }
    }

    internal PipeSignals TakeSignals() => (PipeSignals)Interlocked.Exchange(ref _signals, 0);

    /// <summary>On the socket's thread, when it is told of the pipe: takes over the last message, where only that is kept.</summary>
    public void TakeLast() => _inbound.Conflation?.Refill(In);

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
        if (_engine.FarewellOf(this) is { } farewell)
        {
            if (Out.HasUncommitted)
            {
                Out.Rollback();
            }

            Out.Write(farewell, more: false);
            Out.Commit();
        }

        Out.Close();
        long unread = In.Close();
        Volatile.Write(ref _unread, _unread + unread);
        _socket.Events.Dropped(this, ZmqDropReason.Unread, unread);
        _engine.Terminate(this, linger);
    }

    /// <summary>The socket sends no more, and reads only what has arrived.</summary>
    public void Retire(TimeSpan linger)
    {
        Out.Close();
        _engine.Terminate(this, linger);
    }

    /// <summary>
    /// The bytes of a message are published before its number. While the socket still writes, a message may have been sent whose number is not
    /// there yet: then nothing is unsent.
    /// </summary>
    private void CountUnsent() => Volatile.Write(ref _unsent, Math.Max(0, Volatile.Read(ref _outbound.Reader.Counters.Published) - _sent));

    private void ReportUnsent()
    {
        _socket.Events.Dropped(this, ZmqDropReason.Unsent, _unsent - _unsentReported);
        _unsentReported = _unsent;
    }

    private void ReportDropped()
    {
        long dropped = _dropped;
        _socket.Events.Dropped(this, ZmqDropReason.PeerFull, dropped - _droppedReported);
        _droppedReported = dropped;
    }
}
