using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>
/// REQ (RFC 28): each <see cref="Message"/> told to the role is a request, and ends in exactly one answer to its sender, within
/// its time. The answer is the reply as a <see cref="Message"/>, or a <see cref="Status.Failure"/> with a
/// <see cref="RequestTimeoutException"/>, an <see cref="OutboundOverflowException"/> (too many wait here), a
/// <see cref="RequestOverloadException"/> (too many wait at a queue), a <see cref="RequestFailedException"/> or a
/// <see cref="RequestAbortedException"/>.
/// </summary>
/// <remarks>
/// The sockets are DEALERs that send the empty delimiter of a REQ, one for each server of the connect list. A request goes to
/// a connected server, in turn, and waits in the role while none is. A try that gets no reply in its time, or whose server
/// disconnects, is followed by the next, at another server where there is one. The last try has the rest of the request's
/// time. Without a number or an id, nothing tells a late reply from the next request's, so the socket of a try that has
/// ended is opened anew. Frames: docs/protocols/request-reply.md.
/// </remarks>
public static class RequestRole
{
    /// <summary>Props of a request role.</summary>
    /// <param name="settings">Checked here, and again when the role starts.</param>
    /// <exception cref="SocketSettingsException">A setting cannot work, a malformed endpoint for example; the exception names it.</exception>
    public static Props Props(RequestSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        return Akka.Actor.Props.Create(() => new RequestActor(settings));
    }
}

/// <summary>A request role: hands what happens to its ledger, and does what that decides.</summary>
internal sealed class RequestActor : RoleActor, IRequestOutlets
{
    private readonly List<Server> _servers = [];
    private readonly RequestLedger _ledger;
    private readonly ProducerDemand _producers;

    public RequestActor(RequestSettings settings)
        : base(settings)
    {
        _producers = new ProducerDemand(Self);
        // A peer that answers more than it was asked is held back at twice what can be in flight.
        foreach (var socket in Server.Sockets(settings.RequestSocket)) _servers.Add(new Server(AddUnboundedSocket(socket, 2 * settings.MaxInFlight)));
        _ledger = new RequestLedger(settings, _servers, Time, this);
        WaitsForPeers([.. _servers.Select(server => server.Link)], () => _ledger.Open);
    }

    protected override long WaitingInRole => _ledger.Open;

    protected override bool AcceptProducer(IActorRef producer, string? source)
    {
        _producers.Add(producer);
        _producers.Grant(_ledger.Free);
        return true;
    }

    protected override void ForgetProducer(IActorRef producer)
    {
        if (_producers.Remove(producer)) _producers.Grant(_ledger.Free);
    }

    protected override void PostStop()
    {
        _ledger.Stop();
        base.PostStop();
    }

    protected override void OnOutbound(Message message)
    {
        _producers.Used(Sender);
        _ledger.Accept(message, Sender);
        Settled();
    }

    protected override void OnInbound(IReadOnlyList<Message> messages)
    {
        if (_servers.Find(known => known.Link.Socket?.Equals(Sender) == true) is not { } server) return;
        server.Link.Inbound!.Pass(messages);
        _ledger.Take(server, messages);
        Settled();
    }

    protected override void OnSocketOpened(SocketLink link)
    {
        var server = ServerOf(link);
        server.Opened();
        _ledger.ServerChanged(server);
        Settled();
    }

    protected override void OnPeersChanged(SocketLink link, PeerEvent? what)
    {
        if (what is not (null or PeerConnected or PeerDisconnected)) return;
        _ledger.ServerChanged(ServerOf(link));
        Settled();
    }

    protected override void OnDue()
    {
        _ledger.Expire();
        Settled();
    }

    /// <summary>Requests have come, ended or moved.</summary>
    private void Settled()
    {
        DueAt(_ledger.NextDue);
        _producers.Grant(_ledger.Free);
        CheckDrained();
    }

    private Server ServerOf(SocketLink link) => _servers.Find(server => server.Link == link)!;

    void IRequestOutlets.Send(Server server, PendingRequest request) => server.Link.Outbound!.Offer(_ledger.Wrap(request), Self);

    void IRequestOutlets.Reopen(Server server) => server.Reopen(Self);

    void IRequestOutlets.End(PendingRequest request, RequestEnd answer) =>
        request.Sender.Tell(answer.Reply ?? (object)new Status.Failure(answer.Failure!), Self);

    void IRequestOutlets.Retry(PendingRequest request, Server server, string why, TimeSpan wait) =>
        Events.Publish(new RequestRetried(Name, request.Tries, server.Endpoint, why, wait));

    void IRequestOutlets.Drop(Server server, DropReason reason) =>
        server.Link.Outbound!.Drop(1, reason, reason is DropReason.Malformed or DropReason.LateReply ? server.Endpoint : null);
}
