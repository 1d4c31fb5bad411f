using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>
/// The servers that know nothing of the queue: each behind a DEALER of its own, and those that connect to the bound one:
/// docs/protocols/queue.md, section 6.
/// </summary>
/// <remarks>Belongs to one role actor; not safe for concurrent use.</remarks>
internal sealed class PlainServers(string role, int inFlight, RequestBook book, IActorRef self, ILoggingAdapter log)
{
    private readonly List<PlainServer> _servers = [];

    public void Add(SocketLink link) => _servers.Add(new PlainServer(link, inFlight));

    public void Take(SocketLink link, IReadOnlyList<Message> messages)
    {
        var server = ServerOf(link);
        foreach (var message in messages)
        {
            if (!QueueCodec.TryRead(message, 0, out var command, out var fault) || command is not QueueExchange reply)
            {
                log.Warning("{0}: a message of {1} is no reply: {2}", role, server.Name, fault ?? "expected the envelope of a request");
                link.Outbound!.Drop(1, DropReason.Malformed, server.Name);
            }
            else if (!book.Answer(reply.Number, server, reply.Body))
            {
                link.Outbound!.Drop(1, DropReason.LateReply, server.Name);
            }
        }
    }

    public void SocketOpened(SocketLink link)
    {
        var server = ServerOf(link);
        server.Socket.Opened();
        Update(server, "the socket was opened anew");
    }

    public void PeersChanged(SocketLink link, PeerEvent? what)
    {
        var server = ServerOf(link);
        if (what is PeerDisconnected && server.Socket.IsConnected) book.Doubt(server);
        if (what is null or PeerConnected or PeerDisconnected) Update(server, "the connection has ended");
    }

    private void Update(PlainServer server, string why)
    {
        if (server.Socket.IsConnected)
        {
            if (server.HasJoined)
            {
                book.Resize(server, server.Places);
                return;
            }
            server.HasJoined = true;
            server.Capacity = server.Places;
            log.Info("{0}: the server {1} is connected", role, server.Name);
            book.Join(server);
        }
        else if (server.HasJoined)
        {
            server.HasJoined = false;
            log.Info("{0}: the server {1} is gone: {2}", role, server.Name, why);
            // What has not left yet goes elsewhere, so it must not go out when the server comes back.
            if (server.InHand.Count > 0) server.Socket.Reopen(self);
            book.Lose(server, why);
        }
    }

    private PlainServer ServerOf(SocketLink link) => _servers.Find(server => server.Link == link)!;

    private sealed class PlainServer(SocketLink link, int inFlight) : QueueServer(link, Guid.NewGuid(), link.Spec.Endpoints)
    {
        public Server Socket { get; } = new(link);

        public bool HasJoined { get; set; }

        /// <summary>The most requests of all connections together; a socket that reports none has one.</summary>
        public int Places => WithinHighWaterMark(Link, (long)Math.Max(1, Link.Peers) * inFlight);

        public override Message Address(Message message) => message;
    }
}
