namespace Actors;

/// <summary>The servers that answered the last identified requests; the oldest are forgotten first.</summary>
/// <remarks>Belongs to one role actor; not safe for concurrent use.</remarks>
internal sealed class AnsweredBy(int capacity)
{
    private readonly Dictionary<RequestId, Guid> _servers = [];
    private readonly Queue<RequestId> _order = new();

    public void Remember(RequestId request, Guid server)
    {
        if (_servers.TryAdd(request, server)) _order.Enqueue(request);
        else _servers[request] = server;
        if (_order.Count > capacity) _servers.Remove(_order.Dequeue());
    }

    public Guid? Find(RequestId request) => _servers.TryGetValue(request, out var server) ? server : null;
}
