using Actors.Remoting.Associations;
using Actors.Remoting.Wire;
using Actors.Zmtp;
using Actors.Zmtp.Patterns;
using Actors.Zmtp.Pipes;
using Akka.Actor;
using Akka.Event;

namespace Actors.Remoting.Sockets;

/// <summary>
/// The ROUTER to which other nodes connect: tells what comes from them to their associations, and turns away who does not speak the
/// protocol. For the thread of the loop once it is <see cref="Start">started</see>.
/// </summary>
/// <param name="router">Bound.</param>
/// <param name="context">Of the transport.</param>
/// <param name="curve">The keys, or null without CURVE.</param>
/// <param name="accept">Told each association that a node begins.</param>
internal sealed class Listener(RouterSocket router, AssociationContext context, CurveNode? curve, Action<ZmqAssociation> accept)
{
    // Received messages take turns with posted work.
    private const int MessagesPerTurn = 64;

    private readonly Dictionary<byte[], RouterLink> _peers = new(RoutingIdComparer.Instance);

    /// <summary>Of those that were closed or turned away here, until their connection has ended: what they still send is nobody's.</summary>
    private readonly Dictionary<byte[], ZmqAssociation?> _leaving = new(RoutingIdComparer.Instance);

    public void Start()
    {
        router.Monitor(SocketEvents.Disconnected | SocketEvents.PeerWritable | SocketEvents.HandshakeFailed, OnEvent);
        context.Loop.Add(router, Receive);
    }

    /// <summary>Listens no more; what was sent still leaves, within the linger time.</summary>
    public void Close() => context.Loop.Close(router);

    /// <summary>Ends the connection of a peer once what was sent to it has left, within the linger time.</summary>
    public void Retire(byte[] peer, ZmqAssociation? association)
    {
        _peers.Remove(peer);
        router.Core.ProcessSignals();
        if (PipeOf(peer) is not { IsTerminated: false } pipe)
        {
            association?.End("the connection has ended");
            return;
        }
        _leaving[peer] = association;
        router.Core.RetirePipe(pipe);
    }

    private void Receive()
    {
        for (var turn = 0; turn < MessagesPerTurn && router.TryReceive(out var peer, out var more); turn++)
        {
            byte[]? first = null, second = null;
            var tooMany = false;
            for (var frame = 0; more && router.TryReceive(out var next, out more); frame++)
            {
                if (frame == 0) first = next;
                else if (frame == 1) second = next;
                else tooMany = true;
            }
            if (first is not null) Take(peer, first, second, tooMany);
        }
    }

    private void Take(byte[] peer, byte[] first, byte[]? second, bool tooMany)
    {
        if (_peers.TryGetValue(peer, out var link))
        {
            TakeFrom(link, first, second, tooMany);
        }
        else if (first is [(byte)FrameKind.Gone])
        {
            Left(peer);
        }
        else if (!_leaving.ContainsKey(peer))
        {
            Begin(peer, first, second is not null);
        }
    }

    private void TakeFrom(RouterLink link, byte[] first, byte[]? second, bool tooMany)
    {
        switch (first)
        {
            case [(byte)FrameKind.Gone]:
                _peers.Remove(link.Peer);
                link.Association.End("the connection has ended");
                return;
            case [(byte)FrameKind.Goodbye, ..]:
                link.Association.End($"the node says: {AssociateFrame.Reason(first)}");
                Retire(link.Peer, null);
                return;
        }
        var fault = tooMany ? "a message of more than two frames" : first.Length == 0 ? "an empty frame" : link.Association.Receive(first, second);
        if (fault is null) return;
        Refuse(link.Peer, $"{link.Association.RemoteAddress} has broken the protocol: {fault}");
        link.Association.End(fault);
    }

    private void Begin(byte[] peer, byte[] first, bool hasMore)
    {
        var fault = "the first message has more than one frame";
        if (hasMore || !AssociateFrame.TryReadAssociate(first, out var content, out fault))
        {
            Refuse(peer, fault);
            return;
        }
        var origin = content.Origin;
        var mistaken = context.Crossings.Mistaken(content.Believed);
        if (mistaken is not null && context.Crossings.IsBegunHere(origin))
        {
            context.Log.Info("{0} connects as to the former process at this address, and is refused, because this one connects itself", origin);
            RefuseLater(peer);
            return;
        }
        if (curve is not null && PipeOf(peer)?.Peer?.UserId is { Length: > 0 } key) curve.Remember(origin, key);
        context.Crossings.Incarnations.Met(origin, content.Incarnation);
        var link = new RouterLink(router, peer, this);
        link.Association = new ZmqAssociation(origin, link, context) { MistakenSince = mistaken };
        _peers.Add(peer, link);
        link.Send(AssociateFrame.Accept(context.Incarnation));
        accept(link.Association);
    }

    private void Refuse(byte[] peer, string fault)
    {
        var address = PipeOf(peer)?.PeerEndpoint ?? "A peer";
        context.Log.Warning("{0} is turned away: {1}", address, fault);
        SayGoodbye(peer, fault);
    }

    /// <summary>
    /// Refuses a node that means the former process when its Akka has heard of this one, and its attempt is nobody's: Akka would take a failure
    /// before that as one of the connection that stands, and try again, in vain for a while.
    /// </summary>
    private void RefuseLater(byte[] peer)
    {
        _leaving[peer] = null;
        context.Loop.After(Crossings.RefusalDelay, () =>
        {
            if (!router.IsDisposed && _leaving.Remove(peer)) SayGoodbye(peer, "this process is new at its address, and has connected itself");
        });
    }

    private void SayGoodbye(byte[] peer, string reason)
    {
        router.TrySend([peer, AssociateFrame.Goodbye(reason)]);
        Retire(peer, null);
    }

    private Pipe? PipeOf(byte[] peer) => router.Core.Pipes.Find(pipe => pipe.RoutingId.AsSpan().SequenceEqual(peer));

    private void Left(byte[] peer)
    {
        if (_leaving.Remove(peer, out var association)) association?.End("the connection has ended");
    }

    /// <summary>On an I/O thread, or that of the loop.</summary>
    private void OnEvent(SocketEvent what)
    {
        if (what.Kind is SocketEvents.PeerWritable or SocketEvents.Disconnected)
        {
            var peer = what.RoutingId.ToArray();
            if (peer.Length == 0) return;
            if (what.Kind == SocketEvents.Disconnected) context.Loop.Post(() => Left(peer));
            else context.Loop.Post(() => _peers.GetValueOrDefault(peer)?.Association.Writable());
            return;
        }
        // With CURVE that is also a node that tries out which key this one has; one that is not allowed has a warning of its own.
        if (curve is null) context.Log.Warning("{0} could not connect: {1}", what.PeerAddress, what.Reason);
        else context.Log.Info("{0} could not connect: {1}", what.PeerAddress, what.Reason);
    }
}
