using Actors.Remoting.Wire;
using Actors.Zmtp;
using Actors.Zmtp.Io;
using Akka.Actor;
using Akka.Event;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace Actors.Remoting.Associations;

/// <summary>
/// An association with one node, over one connection. <see cref="Write"/> and <see cref="Leave"/> are for any thread; what
/// comes from the node, and all else, happens on the thread of the loop.
/// </summary>
internal sealed class ZmqAssociation : AssociationHandle
{
    private readonly AssociationContext _context;
    private readonly IAssociationLink _link;
    private readonly OutboundBuffer _buffer;
    private readonly OutboundFlow _flow;
    private readonly InboundEvents _inbound;
    private readonly ReactorWork _flush;
    private int _disassociated;

    // For the thread of the loop.
    private bool _closing;
    private bool _closed;
    private bool _ended;
    private ITimer? _patience;

    public ZmqAssociation(Address remote, IAssociationLink link, AssociationContext context)
        : base(context.LocalAddress, remote)
    {
        _context = context;
        _link = link;
        _buffer = new OutboundBuffer(context.Settings.SendBufferSize);
        _flow = new OutboundFlow(_buffer, context.Batch);
        _inbound = new InboundEvents(context.Settings.SendBufferSize);
        _flush = context.Loop.WorkOf(Flush);
        ReadHandlerSource.Task.ContinueWith(
            static (attached, self) => ((InboundEvents)self!).Attach(attached.Result),
            _inbound,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        context.Open.Add(this);
    }

    /// <summary>This node has connected to the other; the other to this one otherwise.</summary>
    public bool IsBegunHere { get; init; }

    /// <summary>The timestamp of the beginning, where the other node meant a process that had this address before.</summary>
    public long? MistakenSince { get; init; }

    /// <summary>It is about to end. For the thread of the loop.</summary>
    public bool IsLeaving => _closing || Volatile.Read(ref _disassociated) != 0;

    /// <summary>Takes a message, or says that the buffer is full or the association has ended.</summary>
    public override bool Write(ByteString payload)
    {
        switch (_buffer.Add(payload))
        {
            case Added.Refused:
                return false;
            case Added.First:
                _context.Loop.Schedule(_flush);
                return true;
            default:
                return true;
        }
    }

#pragma warning disable CS0672 // Its successor, which gives a reason, calls it.
    /// <inheritdoc cref="Leave"/>
    public override void Disassociate() => Leave();
#pragma warning restore CS0672

    /// <summary>Ends the association once what was written has left, at most within the linger time, and tells the node.</summary>
    public void Leave()
    {
        if (Interlocked.Exchange(ref _disassociated, 1) != 0) return;
        _buffer.Close();
        _context.Loop.Post(Close);
    }

    /// <summary>The socket can take more for the node.</summary>
    public void Writable() => Flush();

    /// <summary>A message has come. Says what is wrong with it; null when it was handed on.</summary>
    public string? Receive(byte[] first, byte[]? second)
    {
        if (_ended || _closing) return null;
        switch ((FrameKind)first[0])
        {
            case FrameKind.Single:
                if (second is null or { Length: 0 } || first.Length > 1) return "a message without its kind and a second frame";
                return _inbound.TryAdd(second) ? null : Overfull;
            case FrameKind.Batch when second is null:
                var reader = new PduReader(first);
                while (reader.TryNext(out var pdu))
                {
                    if (!_inbound.TryAdd(pdu)) return Overfull;
                }
                return reader.Fault;
            default:
                return $"a message of kind {first[0]} and {(second is null ? 1 : 2)} frames in an association";
        }
    }

    /// <summary>The connection has ended, or the node has said that it ends the association.</summary>
    public void End(string reason)
    {
        if (_ended) return;
        _ended = true;
        _patience?.Dispose();
        _buffer.Close();
        _context.Open.Remove(this);
        if (_closing)
        {
            if (!_closed) LogUnsent(reason);
            return;
        }
        LogUnsent(reason);
        _context.Log.Debug("The association with {0} has ended: {1}", RemoteAddress, reason);
        _inbound.End(DisassociateInfo.Unknown);
    }

    private static string Overfull => "more messages than may wait until the association is set up";

    private void Flush()
    {
        if (_ended || _closed) return;
        // What is unroutable or full for good is told by the end of the connection.
        if (_flow.Flush(_link) == SendResult.Sent && _closing) SayGoodbye();
    }

    private void Close()
    {
        if (_ended || _closing) return;
        _closing = true;
        Flush();
        if (!_closed) _patience = _context.Loop.After(_context.Settings.Linger, () => GiveUp("the linger time was over"));
    }

    private void SayGoodbye()
    {
        _patience?.Dispose();
        _closed = true;
        _link.Send(AssociateFrame.Goodbye("the association was ended"));
        _link.Close();
    }

    private void GiveUp(string reason)
    {
        if (_ended || _closed) return;
        LogUnsent(reason);
        _closed = true;
        _link.Close();
    }

    private void LogUnsent(string reason)
    {
        var unsent = _flow.Unsent;
        for (List<ByteString> rest = []; _buffer.TryTake(ref rest); rest.Clear()) unsent += rest.Count;
        if (unsent > 0) _context.Log.Warning("{0} messages to {1} were not sent: {2}", unsent, RemoteAddress, reason);
    }
}
