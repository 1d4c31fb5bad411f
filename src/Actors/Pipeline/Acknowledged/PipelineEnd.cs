using System.Security.Cryptography;
using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>
/// One end of the pipeline protocol, docs/protocols/pipeline.md: keeps a session with each peer, and passes on the commands
/// of sessions. A bound socket is a ROUTER with many peers; a connected one is a DEALER with one.
/// </summary>
/// <remarks>Belongs to one role actor; not safe for concurrent use.</remarks>
internal abstract class PipelineEnd(string role, PipelineEndKind kind, AcknowledgedSettings settings, IActorRef self, ILoggingAdapter log, TimeProvider time)
{
    private readonly List<LinkSessions> _links = [];
    private readonly TaskIdReader _ids = new();

    protected AcknowledgedSettings Settings => settings;

    protected TimeSpan Now => time.Elapsed();

    public void Add(SocketLink link) => _links.Add(new LinkSessions(link));

    public bool Owns(SocketLink link) => Find(link) is not null;

    private LinkSessions? Find(SocketLink link) => _links.Find(known => known.Link == link);

    // ---- what the role passes on

    public void SocketOpened(SocketLink link) => CloseAll(Find(link)!, "the socket was opened anew");

    public void PeerChanged(SocketLink link, PeerEvent? what)
    {
        var sessions = Find(link)!;
        switch (what)
        {
            case PeerConnected when !sessions.IsRouter && sessions.Sessions.Count == 0: Greet(sessions); break;
            case PeerDisconnected when !sessions.IsRouter: CloseAll(sessions, "the connection has ended"); break;
            case PeerDisconnected { Peer.RoutingId: { } gone } when sessions.Sessions.TryGetValue(gone, out var session): Close(sessions, session, "the connection has ended"); break;
        }
    }

    public void Take(SocketLink link, IReadOnlyList<Message> messages)
    {
        var sessions = Find(link)!;
        var now = Now;
        for (var i = 0; i < messages.Count; i++) OnMessage(sessions, messages[i], now);
    }

    /// <summary>Call this once in each heartbeat interval.</summary>
    public virtual void Tick()
    {
        var now = Now;
        foreach (var sessions in _links)
        {
            foreach (var session in sessions.Sessions.Values.ToList())
            {
                if (now - session.LastHeard < settings.Heartbeat.PatienceWith(session.PeerHeartbeat))
                {
                    Send(session, new HeartbeatCommand());
                    continue;
                }
                Close(sessions, session, $"it was silent for {(now - session.LastHeard).TotalMilliseconds} ms");
                if (!sessions.IsRouter) Greet(sessions);
            }
            if (sessions.Greeting is not null && sessions.Link.Peers > 0 && now - sessions.GreetedAt >= settings.Heartbeat.Timeout) SendHello(sessions);
        }
    }

    /// <summary>Ends the sessions, because the role stops.</summary>
    public void Stop()
    {
        foreach (var sessions in _links)
        {
            foreach (var session in sessions.Sessions.Values) Send(session, new GoodbyeCommand());
        }
        Flush();
    }

    /// <summary>Ends the sessions, because the role has failed. The tasks of its peers wait again.</summary>
    public void Abandon(string why)
    {
        Stop();
        foreach (var sessions in _links) CloseAll(sessions, why);
    }

    /// <summary>Takes over what an abandoned end knows. Call it first.</summary>
    public abstract void GoOnFrom(PipelineEnd before);

    /// <summary>Sends what has gathered. Call it when the role has told the end everything that it knows.</summary>
    public virtual void Flush()
    {
        foreach (var sessions in _links) sessions.Link.Outbound!.Flush();
    }

    // ---- what the ends do with it

    protected abstract PipelineSession NewSession(SocketLink link, ReadOnlyMemory<byte>? routingId, HelloCommand hello);

    protected abstract void OnOpened(PipelineSession session);

    protected abstract void OnClosed(PipelineSession session, string why);

    /// <summary>False when this end does not receive such a command.</summary>
    protected abstract bool OnCommand(PipelineSession session, PipelineCommand command);

    /// <summary>A command of a peer without a session.</summary>
    protected virtual void OnStray(PipelineCommand command)
    {
    }

    protected IEnumerable<PipelineSession> Sessions => _links.SelectMany(link => link.Sessions.Values);

    protected void Send(PipelineSession session, PipelineCommand command) => Send(session.Link, session.RoutingId, command);

    protected void Send(PipelineSession session, Message message) => session.Link.Outbound!.Put(message, self);

    private void Send(SocketLink link, ReadOnlyMemory<byte>? routingId, PipelineCommand command)
    {
        var message = PipelineCodec.Write(command);
        link.Outbound!.Put(routingId is { } id ? message.Prepend(id) : message, self);
    }

    protected void Refuse(PipelineSession session, PipelineError code, string reason) => Refuse(session.Link, session.RoutingId, session.Name, code, reason);

    // ---- sessions

    private void OnMessage(LinkSessions sessions, Message message, TimeSpan now)
    {
        ReadOnlyMemory<byte>? routingId = sessions.IsRouter ? message[0] : null;
        sessions.Sessions.TryGetValue(routingId ?? default, out var session);
        if (session is not null) session.LastHeard = now;
        if (!PipelineCodec.TryRead(message, sessions.IsRouter ? 1 : 0, _ids, out var command, out var fault))
        {
            Refuse(sessions.Link, routingId, session?.Name ?? NameOf(sessions, routingId), PipelineError.Malformed, fault);
            return;
        }
        switch (command)
        {
            case HelloCommand hello: OnHello(sessions, routingId, session, hello, now); break;
            case ErrorCommand error: OnError(sessions, session, error, NameOf(sessions, routingId)); break;
            case HeartbeatCommand when session is not null: break;
            // Only a heartbeat is answered, because a reconnecting socket may send much that it held from before.
            case HeartbeatCommand when sessions.IsRouter: Send(sessions.Link, routingId, new ErrorCommand(PipelineError.NoSession, "say HELLO first")); break;
            case GoodbyeCommand when session is not null: Close(sessions, session, "it said GOODBYE"); break;
            default:
                if (session is null)
                {
                    OnStray(command);
                }
                else if (!OnCommand(session, command))
                {
                    Refuse(session, PipelineError.Malformed, $"{command.GetType().Name[..^"Command".Length].ToUpperInvariant()} is not for this end");
                }
                break;
        }
    }

    private void OnHello(LinkSessions sessions, ReadOnlyMemory<byte>? routingId, PipelineSession? session, HelloCommand hello, TimeSpan now)
    {
        var name = NameOf(sessions, routingId);
        if (hello.Version != PipelineCodec.Version)
        {
            Refuse(sessions.Link, routingId, name, PipelineError.Version, $"version {hello.Version} is not spoken here: expected {PipelineCodec.Version}");
            return;
        }
        if (hello.End == kind)
        {
            Refuse(sessions.Link, routingId, name, PipelineError.SameEnd, $"both peers are the {kind} end");
            return;
        }
        if (sessions.IsRouter)
        {
            if (session?.Number != hello.Session)
            {
                if (session is not null) Close(sessions, session, "it began a new session");
                session = null;
            }
            Send(sessions.Link, routingId, new HelloCommand(PipelineCodec.Version, kind, hello.Session, settings.Heartbeat.Interval));
            if (session is null) Open(sessions, routingId, hello, now);
        }
        else if (sessions.Greeting == hello.Session)
        {
            sessions.Greeting = null;
            Open(sessions, null, hello, now);
        }
    }

    private void OnError(LinkSessions sessions, PipelineSession? session, ErrorCommand error, string name)
    {
        if (error.Code != PipelineError.NoSession) log.Warning("{0}: {1} answered with the error {2}: {3}", role, name, error.Code, error.Reason);
        else if (session is not null)
        {
            Close(sessions, session, "it knows of no session");
            if (!sessions.IsRouter) Greet(sessions);
        }
    }

    private void Open(LinkSessions sessions, ReadOnlyMemory<byte>? routingId, HelloCommand hello, TimeSpan now)
    {
        var session = NewSession(sessions.Link, routingId, hello);
        session.LastHeard = now;
        sessions.Sessions.Add(routingId ?? default, session);
        log.Info("{0}: a session with {1} begins", role, session.Name);
        OnOpened(session);
    }

    private void Close(LinkSessions sessions, PipelineSession session, string why)
    {
        if (!sessions.Sessions.Remove(session.RoutingId ?? default)) return;
        session.IsOpen = false;
        log.Info("{0}: the session with {1} ends: {2}", role, session.Name, why);
        OnClosed(session, why);
    }

    private void CloseAll(LinkSessions sessions, string why)
    {
        sessions.Greeting = null;
        foreach (var session in sessions.Sessions.Values.ToList()) Close(sessions, session, why);
    }

    private void Greet(LinkSessions sessions)
    {
        // Its own number tells the answer to this HELLO from answers to earlier ones.
        sessions.Greeting ??= (uint)RandomNumberGenerator.GetInt32(int.MaxValue);
        SendHello(sessions);
    }

    private void SendHello(LinkSessions sessions)
    {
        sessions.GreetedAt = Now;
        Send(sessions.Link, null, new HelloCommand(PipelineCodec.Version, kind, sessions.Greeting!.Value, settings.Heartbeat.Interval));
    }

    private void Refuse(SocketLink link, ReadOnlyMemory<byte>? routingId, string peer, PipelineError code, string reason)
    {
        log.Warning("{0}: a command of {1} is refused: {2}", role, peer, reason);
        Send(link, routingId, new ErrorCommand(code, reason));
    }

    private static string NameOf(LinkSessions sessions, ReadOnlyMemory<byte>? routingId) =>
        routingId is { } id ? Convert.ToHexString(id.Span) : sessions.Link.Spec.Connect[0];

    /// <summary>The sessions on one socket.</summary>
    private sealed class LinkSessions(SocketLink link)
    {
        public SocketLink Link => link;

        public bool IsRouter => link.Spec.Kind == SocketKind.Router;

        /// <summary>By routing id; on a DEALER there is at most one, under the empty id.</summary>
        public Dictionary<ReadOnlyMemory<byte>, PipelineSession> Sessions { get; } = new(RoutingIdComparer.Instance);

        /// <summary>The number of the HELLO that has not been answered yet.</summary>
        public uint? Greeting { get; set; }

        public TimeSpan GreetedAt { get; set; }
    }
}
