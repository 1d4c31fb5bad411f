using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>The queue's side of the sessions with servers that announce themselves: docs/protocols/queue.md, section 3.</summary>
/// <remarks>Belongs to one role actor; not safe for concurrent use.</remarks>
internal sealed class AnnouncedServers(string role, SocketLink link, HeartbeatSettings heartbeat, RequestBook book, IActorRef self, ILoggingAdapter log, TimeProvider time)
{
    private readonly Dictionary<ReadOnlyMemory<byte>, AnnouncedServer> _sessions = new(RoutingIdComparer.Instance);

    public SocketLink Link => link;

    public void Take(IReadOnlyList<Message> messages)
    {
        var now = time.Elapsed();
        foreach (var message in messages) OnMessage(message, now);
    }

    public void SocketOpened() => CloseAll("the socket was opened anew");

    public void PeersChanged(PeerEvent? what)
    {
        if (what is null) CloseAll("the socket has failed");
        if (what is PeerDisconnected { Peer.RoutingId: { } gone } && _sessions.TryGetValue(gone, out var session)) Close(session, "the connection has ended");
    }

    /// <summary>Call this once in each heartbeat interval.</summary>
    public void Tick()
    {
        var now = time.Elapsed();
        foreach (var session in _sessions.Values.ToList())
        {
            var silent = now - session.LastHeard;
            if (silent >= heartbeat.PatienceWith(session.Interval)) Close(session, $"it was silent for {silent.TotalMilliseconds} ms");
        }
        foreach (var session in _sessions.Values) Send(session.RoutingId, new QueueHeartbeat(heartbeat.Interval));
    }

    public void Stop()
    {
        foreach (var session in _sessions.Values) Send(session.RoutingId, new QueueGoodbye());
        link.Outbound!.Flush();
    }

    private void OnMessage(Message message, TimeSpan now)
    {
        var routingId = message[0];
        if (_sessions.TryGetValue(routingId, out var session)) session.LastHeard = now;
        if (!QueueCodec.TryRead(message, 1, out var command, out var fault))
        {
            Refuse(routingId, QueueErrorCode.Malformed, fault);
            return;
        }
        switch (command)
        {
            case QueueReady ready: OnReady(routingId, ready, now); break;
            case QueueExchange reply:
                if (!book.Answer(reply.Number, session, reply.Body)) link.Outbound!.Drop(1, DropReason.LateReply, NameOf(routingId));
                EndOfLeave(session);
                break;
            case QueueFail fail when session is not null:
                book.Fail(fail.Number, session, fail.Reason);
                EndOfLeave(session);
                break;
            case QueueFail: break;
            case QueueHeartbeat when session is null: Send(routingId, new QueueError(QueueErrorCode.NoSession, "say READY first")); break;
            case QueueHeartbeat beat: session.Interval = beat.Interval; break;
            case QueueGoodbye when session is not null: OnGoodbye(session); break;
            case QueueGoodbye: break;
            case QueueError error:
                log.Warning("{0}: the server {1} answered with the error {2}: {3}", role, NameOf(routingId), error.Code, error.Reason);
                if (error.Code == QueueErrorCode.NoSession && session is not null) Close(session, "it knows of no session");
                break;
        }
    }

    private void OnReady(ReadOnlyMemory<byte> routingId, QueueReady ready, TimeSpan now)
    {
        if (ready.Version != QueueCodec.Version)
        {
            Refuse(routingId, QueueErrorCode.Version, $"version {ready.Version} is not spoken here: expected {QueueCodec.Version}");
            return;
        }
        foreach (var before in _sessions.Values.Where(known => known.Id == ready.Server || known.RoutingId.Span.SequenceEqual(routingId.Span)).ToList())
            Close(before, "it began a new session");
        var session = new AnnouncedServer(link, routingId, ready) { LastHeard = now };
        _sessions.Add(routingId, session);
        Send(routingId, new QueueHeartbeat(heartbeat.Interval));
        log.Info("{0}: the server {1} has joined, with room for {2}", role, session.Name, session.Capacity);
        book.Join(session);
    }

    private void OnGoodbye(AnnouncedServer session)
    {
        session.IsLeaving = true;
        book.Leave(session);
        EndOfLeave(session);
    }

    private void EndOfLeave(AnnouncedServer? session)
    {
        if (session is { IsLeaving: true, InHand.Count: 0 }) Close(session, "it said GOODBYE");
    }

    private void Close(AnnouncedServer session, string why)
    {
        if (!_sessions.Remove(session.RoutingId)) return;
        log.Info("{0}: the server {1} has left: {2}", role, session.Name, why);
        book.Lose(session, why);
    }

    private void CloseAll(string why)
    {
        foreach (var session in _sessions.Values.ToList()) Close(session, why);
    }

    private void Refuse(ReadOnlyMemory<byte> routingId, QueueErrorCode code, string reason)
    {
        log.Warning("{0}: a command of the server {1} is refused: {2}", role, NameOf(routingId), reason);
        link.Outbound!.Drop(1, DropReason.Malformed, NameOf(routingId));
        Send(routingId, new QueueError(code, reason));
    }

    private void Send(ReadOnlyMemory<byte> routingId, QueueCommand command) => link.Outbound!.Offer(QueueCodec.Write(command).Prepend(routingId), self);

    private static string NameOf(ReadOnlyMemory<byte> routingId) => Convert.ToHexString(routingId.Span);

    /// <summary>A session with a server.</summary>
    private sealed class AnnouncedServer : QueueServer
    {
        public AnnouncedServer(SocketLink link, ReadOnlyMemory<byte> routingId, QueueReady ready)
            : base(link, ready.Server, NameOf(routingId))
        {
            RoutingId = routingId;
            Interval = ready.Heartbeat;
            Capacity = WithinHighWaterMark(link, ready.Capacity);
        }

        public ReadOnlyMemory<byte> RoutingId { get; }

        public TimeSpan Interval { get; set; }

        public TimeSpan LastHeard { get; set; }

        public bool IsLeaving { get; set; }

        public override Message Address(Message message) => message.Prepend(RoutingId);
    }
}
