using NetMQ;

namespace Actors.Transport;

/// <summary>
/// Connects to inproc endpoints that are not bound yet. ZeroMQ allows that, and NetMQ refuses it, so the connect is tried
/// again until the endpoint is there.
/// </summary>
/// <remarks>Belongs to the poller's thread.</remarks>
internal sealed class NetMqInprocConnects : IDisposable
{
    private readonly NetMQSocket _socket;
    private readonly NetMQPoller _poller;
    private readonly IEngineSocketObserver _observer;
    private readonly Action<string> _connected;
    private readonly List<string> _waiting = [];
    private readonly NetMQTimer _timer;

    /// <param name="socket">The socket that connects.</param>
    /// <param name="interval">The time between two tries.</param>
    /// <param name="poller">The poller of this thread.</param>
    /// <param name="observer">Told a failure other than that the endpoint is not there.</param>
    /// <param name="connected">Told each endpoint once it is connected.</param>
    public NetMqInprocConnects(NetMQSocket socket, TimeSpan interval, NetMQPoller poller, IEngineSocketObserver observer, Action<string> connected)
    {
        _connected = connected;
        _socket = socket;
        _poller = poller;
        _observer = observer;
        _timer = new NetMQTimer(interval) { Enable = false };
        _timer.Elapsed += (_, _) => TryAgain();
        _poller.Add(_timer);
    }

    public void Connect(string endpoint)
    {
        if (TryConnect(endpoint)) return;
        _waiting.Add(endpoint);
        _timer.Enable = true;
    }

    public void Dispose() => _poller.Remove(_timer);

    private void TryAgain()
    {
        try
        {
            _waiting.RemoveAll(TryConnect);
        }
        catch (NetMQException cause)
        {
            _waiting.Clear();
            _observer.OnFailed(cause);
        }
        if (_waiting.Count == 0) _timer.Enable = false;
    }

    private bool TryConnect(string endpoint)
    {
        try
        {
            _socket.Connect(endpoint);
        }
        catch (EndpointNotFoundException)
        {
            return false;
        }
        _connected(endpoint);
        return true;
    }
}
