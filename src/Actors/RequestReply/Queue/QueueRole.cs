using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>
/// Stands between clients and servers: takes requests as a ROUTER, and gives each to a server that is there and has room. It
/// gives no request to a server that is gone, and takes back what a lost server had.
/// </summary>
/// <remarks>
/// Clients are REQ and DEALER programs and request roles. Servers are reply roles with <see cref="ReplySettings.Queue"/>, other
/// programs that speak docs/protocols/queue.md, and plain REP programs. Every request that was accepted ends once:
/// <see cref="RoleStatus.Queue"/> has the account. One that ends without a reply is published as
/// <see cref="MessagesDropped"/>, and its client is told, where it can be.
/// </remarks>
public static class QueueRole
{
    /// <summary>Props of a queue role.</summary>
    /// <param name="settings">Checked here, and again when the role starts.</param>
    /// <exception cref="SocketSettingsException">A setting cannot work, a malformed endpoint for example; the exception names it.</exception>
    public static Props Props(QueueSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        return Akka.Actor.Props.Create(() => new QueueActor(settings));
    }
}

/// <summary>A queue role: hands what happens to its book, and does what that decides.</summary>
internal sealed class QueueActor : RoleActor, IQueueOutlets
{
    // Replies wait only for a client that does not read.
    private const int MostReplies = 100_000;

    private readonly QueueSettings _settings;
    private readonly SocketLink _clients;
    private readonly RequestBook _book;
    private readonly AnnouncedServers? _announced;
    private readonly PlainServers _plain;
    private bool _stopping;

    public QueueActor(QueueSettings settings)
        : base(settings)
    {
        _settings = settings;
        _book = new RequestBook(settings, Time, this);
        _plain = new PlainServers(Name, settings.PlainInFlight, _book, Self, Log);
        _clients = AddSocket(settings.ClientsSocket, new InboundLane(Self), WindowOf(settings.ClientsSocket), NewOutboundLane(new OutboundSettings(MostReplies, OverflowRule.DropNewest)));
        var servers = new List<SocketLink>();
        if (settings.ServersSocket is { } announced)
        {
            servers.Add(AddServers(announced));
            _announced = new AnnouncedServers(Name, servers[0], settings.Heartbeat, _book, Self, Log, Time);
        }
        if (settings.PlainServersSocket is { } plain)
        {
            foreach (var socket in Server.Sockets(plain))
            {
                servers.Add(AddServers(socket));
                _plain.Add(servers[^1]);
            }
        }
        WaitsForPeers(servers, () => _book.Open);
    }

    protected override long WaitingInRole => _book.Open;

    // The servers' capacities bound what goes to them.
    private SocketLink AddServers(SocketSpec socket) => AddUnboundedSocket(socket, WindowOf(socket));

    protected override RoleStatus Describe(RoleStatus status) => status with { Queue = _book.Counts };

    protected override void PreStart()
    {
        BeatEvery(_settings.Heartbeat.Interval);
        base.PreStart();
    }

    protected override void PostStop()
    {
        _stopping = true;
        Log.Info("{0}: {1}", Name, _book.Counts);
        _book.Stop();
        _clients.Outbound!.Flush();
        _announced?.Stop();
        base.PostStop();
    }

    protected override void OnInbound(IReadOnlyList<Message> messages)
    {
        if (LinkOf(Sender) is not { } link) return;
        link.Inbound!.Pass(messages);
        if (link == _clients) OnRequests(messages);
        else if (link == _announced?.Link) _announced.Take(messages);
        else _plain.Take(link, messages);
        Settled();
    }

    private void OnRequests(IReadOnlyList<Message> messages)
    {
        foreach (var message in messages)
        {
            var request = new ReceivedRequest(message, _clients);
            if (request.IsWellFormed) _book.Accept(request);
            else _clients.Outbound!.Drop(1, DropReason.Malformed, request.Peer);
        }
    }

    protected override void OnSocketOpened(SocketLink link)
    {
        if (link == _clients) return;
        if (link == _announced?.Link) _announced.SocketOpened();
        else _plain.SocketOpened(link);
        Settled();
    }

    protected override void OnPeersChanged(SocketLink link, PeerEvent? what)
    {
        if (link == _clients) return;
        if (link == _announced?.Link) _announced.PeersChanged(what);
        else _plain.PeersChanged(link, what);
        Settled();
    }

    protected override void OnBeat()
    {
        _announced?.Tick();
        Settled();
    }

    protected override void OnDue()
    {
        _book.Expire();
        Settled();
    }

    /// <summary>Requests have come or ended.</summary>
    private void Settled()
    {
        DueAt(_book.NextDeadline);
        CheckDrained();
    }

    void IQueueOutlets.Assign(QueueServer server, QueuedRequest request) =>
        server.Link.Outbound!.Offer(server.Address(request.Client.From(QueueCodec.ExchangeFrame(request.Number))), Self);

    void IQueueOutlets.Reply(ReceivedRequest client, Message body) => _clients.Outbound!.Offer(client.Reply(body), Self);

    void IQueueOutlets.Refuse(ReceivedRequest client, Refusal refusal)
    {
        var reason = refusal.Code switch
        {
            RefusalCode.Overload => DropReason.Refused,
            RefusalCode.Lost => _stopping ? DropReason.Stopped : DropReason.ServerLost,
            RefusalCode.Expired => DropReason.Expired,
            _ => DropReason.HandlerFailed,
        };
        _clients.Outbound!.Drop(1, reason, client.Peer);
        if (client.Id is not null) _clients.Outbound.Offer(client.Refuse(refusal), Self);
        else if (_settings.ErrorReply is { } reply) _clients.Outbound.Offer(client.Reply(reply), Self);
    }
}
