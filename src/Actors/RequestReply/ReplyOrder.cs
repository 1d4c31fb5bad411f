using System.Runtime.InteropServices;
using Actors.Transport;

namespace Actors;

/// <summary>
/// Puts the replies to a client's requests into the order of the requests, as a REP socket does. Requests with the same envelope
/// are of one client, which knows their replies by their order alone. A number or an id in the envelope tells replies apart,
/// so such a request stands alone and its reply never waits. Clients do not wait for each other.
/// </summary>
/// <param name="send">Sends a reply whose turn it is.</param>
/// <remarks>Belongs to one role actor; not safe for concurrent use.</remarks>
internal sealed class ReplyOrder(Action<ReceivedRequest, Message> send)
{
    // The youngest request of each client that has any.
    private readonly Dictionary<ReceivedRequest, AwaitedReply> _last = new(SameEnvelope.Instance);

    /// <summary>Replies that wait for the end of an older request of their client.</summary>
    public int Held { get; private set; }

    /// <summary>The handler has the request.</summary>
    public void Begin(AwaitedReply request)
    {
        ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(_last, request.Request, out var isKnown);
        if (isKnown)
        {
            last!.Next = request;
            request.IsBehind = true;
        }
        last = request;
    }

    /// <summary>The request has ended. One without a reply is passed over.</summary>
    public void End(AwaitedReply request, Message? reply)
    {
        request.Ended(reply);
        if (request.IsBehind)
        {
            if (reply is not null) Held++;
            return;
        }
        if (reply is not null) send(request.Request, reply);
        var youngest = request;
        for (; youngest.Next is { HasEnded: true } next; youngest = next)
        {
            if (next.Reply is not { } held) continue;
            Held--;
            send(next.Request, held);
        }
        if (youngest.Next is { } waited) waited.IsBehind = false;
        else Forget(youngest);
    }

    /// <summary>The connection with that routing id is gone. What comes by the next one does not wait for what came by this one.</summary>
    public void PeerGone(SocketLink link, ReadOnlyMemory<byte> routingId) =>
        _last.Remove(new ReceivedRequest(new Message(routingId, ReadOnlyMemory<byte>.Empty, ReadOnlyMemory<byte>.Empty), link));

    private void Forget(AwaitedReply youngest)
    {
        // After a peer was gone, its routing id may have come again with requests of its own.
        if (_last.Remove(youngest.Request, out var last) && last != youngest) _last.Add(last.Request, last);
    }

    private sealed class SameEnvelope : IEqualityComparer<ReceivedRequest>
    {
        public static SameEnvelope Instance { get; } = new();

        public bool Equals(ReceivedRequest one, ReceivedRequest other)
        {
            var frames = one.Envelope;
            var others = other.Envelope;
            if (one.Link != other.Link || frames.Length != others.Length) return false;
            for (var i = 0; i < frames.Length; i++)
                if (!frames[i].Span.SequenceEqual(others[i].Span)) return false;
            return true;
        }

        public int GetHashCode(ReceivedRequest request)
        {
            var hash = new HashCode();
            foreach (var frame in request.Envelope) hash.AddBytes(frame.Span);
            return hash.ToHashCode();
        }
    }
}
