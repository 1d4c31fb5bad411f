namespace Actors;

/// <summary>Chooses among servers in turn: those that are connected, and another than the last one where there is one.</summary>
/// <remarks>Belongs to one role actor; not safe for concurrent use.</remarks>
internal sealed class ServerTurn(IReadOnlyList<Server> servers)
{
    private int _next;

    /// <param name="notAgain">The server of the try before, to which the request goes again only when no other is connected.</param>
    public Server? Take(Server? notAgain)
    {
        for (var i = 0; i < servers.Count; i++)
        {
            var index = (_next + i) % servers.Count;
            if (!servers[index].IsConnected || servers[index] == notAgain) continue;
            _next = index + 1;
            return servers[index];
        }
        return notAgain?.IsConnected == true ? notAgain : null;
    }
}
