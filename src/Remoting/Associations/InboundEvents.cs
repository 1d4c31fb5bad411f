using Akka.Remote.Transport;
using Google.Protobuf;

namespace Actors.Remoting.Associations;

/// <summary>
/// Hands what comes from a node to the listener of its association, in order. What comes before there is a listener waits for it,
/// up to a limit. One thread adds; any attaches the listener, once.
/// </summary>
/// <param name="limit">Bytes that may wait for the listener.</param>
internal sealed class InboundEvents(long limit)
{
    private readonly Lock _lock = new();
    private readonly Queue<IHandleEvent> _waiting = new();
    private IHandleEventListener? _listener;
    private long _bytes;

    /// <summary>Hands on a message; false when too many bytes wait for a listener already.</summary>
    public bool TryAdd(ReadOnlyMemory<byte> pdu)
    {
        var payload = new InboundPayload(UnsafeByteOperations.UnsafeWrap(pdu));
        if (Volatile.Read(ref _listener) is { } listener)
        {
            listener.Notify(payload);
            return true;
        }
        lock (_lock)
        {
            if (_listener is null && _bytes > 0 && _bytes + pdu.Length > limit) return false;
            _bytes += pdu.Length;
            Add(payload);
            return true;
        }
    }

    /// <summary>Says that nothing more comes.</summary>
    public void End(DisassociateInfo info)
    {
        lock (_lock) Add(new Disassociated(info));
    }

    public void Attach(IHandleEventListener listener)
    {
        lock (_lock)
        {
            while (_waiting.TryDequeue(out var waiting)) listener.Notify(waiting);
            // Only now: who sees it does not look at the queue.
            Volatile.Write(ref _listener, listener);
        }
    }

    private void Add(IHandleEvent what)
    {
        if (_listener is { } listener) listener.Notify(what);
        else _waiting.Enqueue(what);
    }
}
