using Actors.Transport;

namespace Actors;

/// <summary>
/// One socket for outgoing requests: to one endpoint of the connect list, or to the peers that connect to the bound ones.
/// </summary>
/// <remarks>Belongs to one role actor; not safe for concurrent use.</remarks>
internal sealed class Server(SocketLink link)
{
    private bool _reopening;

    public SocketLink Link => link;

    /// <summary>The server's endpoints, for events.</summary>
    public string Endpoint { get; } = link.Spec.Endpoints;

    /// <summary>True when a request can be sent now, and would not only wait for the server to come.</summary>
    public bool IsConnected => link.Endpoints.Count > 0 && !_reopening && link.Peers > 0;

    /// <summary>Opens the socket anew, so that neither a request that waits in it goes out nor a late reply comes in.</summary>
    public void Reopen(Akka.Actor.IActorRef role)
    {
        if (_reopening || link.Socket is null) return;
        _reopening = true;
        link.Socket.Tell(ReopenSocket.Instance, role);
    }

    /// <summary>The socket is open, for the first time or again.</summary>
    public void Opened() => _reopening = false;

    /// <summary>A socket for each server: one for each endpoint to connect to, and one for all that are bound.</summary>
    public static IEnumerable<SocketSpec> Sockets(SocketSpec all)
    {
        var several = all.Connect.Count + Math.Min(1, all.Bind.Count) > 1;
        var number = 0;
        string Name() => several ? $"{all.Name}.{++number}" : all.Name;
        if (all.Bind.Count > 0) yield return all.Bound(Name());
        foreach (var endpoint in all.Connect) yield return all.ConnectedTo(endpoint, Name());
    }
}
