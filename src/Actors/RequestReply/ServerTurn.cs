namespace Actors;

/// <summary>Chooses among the connected servers in turn, and avoids the server of the last try when there is another.</summary>
/// <remarks>Belongs to one role actor; not safe for concurrent use.</remarks>
internal sealed class ServerTurn(IReadOnlyList<Server> servers)
{
    private int _next;

    /// <param name="notAgain">The server of the last try, which gets the request again only when no other is connected.</param>
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
