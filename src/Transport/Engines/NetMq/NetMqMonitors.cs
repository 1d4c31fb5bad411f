using NetMQ;

namespace Actors.Transport;

/// <summary>The sockets from which NetMQ's monitors read their events: all that a monitor needs of a poller.</summary>
/// <remarks>Belongs to the poller's thread, which starts and stops by itself and not through this.</remarks>
internal sealed class NetMqMonitors(Action changed) : INetMQPoller
{
    private readonly List<NetMQSocket> _sockets = [];

    public bool IsRunning => true;

    public IEnumerable<NetMQSelector.Item> Items => _sockets.Select(socket => new NetMQSelector.Item(socket, PollEvents.PollIn));

    /// <summary>Has each monitor tell the events that wait.</summary>
    public void Poll()
    {
        // An event may end its monitor.
        for (var i = 0; i < _sockets.Count; i++)
            while (i < _sockets.Count && _sockets[i].HasIn) _sockets[i].Poll(TimeSpan.Zero);
    }

    public void Add(ISocketPollable socket)
    {
        _sockets.Add(socket.Socket);
        changed();
    }

    public void Remove(ISocketPollable socket)
    {
        _sockets.Remove(socket.Socket);
        changed();
    }

    public void RemoveAndDispose<T>(T socket)
        where T : ISocketPollable, IDisposable
    {
        Remove(socket);
        socket.Dispose();
    }

    void INetMQPoller.Run() => throw NotMine();

    void INetMQPoller.RunAsync() => throw NotMine();

    void INetMQPoller.Stop() => throw NotMine();

    void INetMQPoller.StopAsync() => throw NotMine();

    void IDisposable.Dispose()
    {
    }

    private static NotSupportedException NotMine() => new("The poller's thread starts and stops by itself.");
}
