using Actors.Transport;

namespace Actors;

/// <summary>
/// One socket that requests go out by: to one endpoint of the connect list, or to whoever connects to the bound ones.
/// </summary>
/// <remarks>Belongs to one role actor; not safe for concurrent use.</remarks>
internal sealed class Server(SocketLink link)
{
    // Inproc sockets report no connections.
    private readonly bool _reportsPeers =
        !link.Settings.Bind.Concat(link.Settings.Connect).Any(endpoint => endpoint.StartsWith("inproc://", StringComparison.Ordinal));

    private bool _reopening;

    public SocketLink Link => link;

    /// <summary>Where it is, for events.</summary>
    public string Endpoint { get; } = string.Join(", ", link.Settings.Connect.Concat(link.Settings.Bind));

    /// <summary>Whether a request can be sent now, and not only wait for the server to come.</summary>
    public bool IsConnected => link.Endpoints.Count > 0 && !_reopening && (!_reportsPeers || link.Peers > 0);

    /// <summary>Opens the socket anew, so that neither a request that waits in it goes out nor a late reply comes in.</summary>
    public void Reopen(Akka.Actor.IActorRef role)
    {
        if (_reopening || link.Socket is null) return;
        _reopening = true;
        link.Socket.Tell(ReopenSocket.Instance, role);
    }

    /// <summary>The socket is open, for the first time or again.</summary>
    public void Opened() => _reopening = false;

    /// <summary>
    /// The settings of a socket for each server: one for each endpoint of the connect list, and one for all that are bound.
    /// </summary>
    public static IEnumerable<SocketSettings> Sockets(SocketSettings all)
    {
        var several = all.Connect.Count + Math.Min(1, all.Bind.Count) > 1;
        var number = 0;
        string Name() => several ? $"{all.Name}.{++number}" : all.Name;
        if (all.Bind.Count > 0) yield return all with { Name = Name(), Connect = [] };
        foreach (var endpoint in all.Connect) yield return all with { Name = Name(), Bind = [], Connect = [endpoint] };
    }
}
