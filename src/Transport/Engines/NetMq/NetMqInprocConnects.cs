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
    private readonly IEngineSocketObserver _observer;
    private readonly Action<string> _connected;
    private readonly List<string> _waiting = [];
    private readonly NetMqTimer _timer;
    private readonly TimeSpan _interval;

    /// <param name="socket">The socket that connects.</param>
    /// <param name="interval">The time between two tries.</param>
    /// <param name="thread">The poller.</param>
    /// <param name="observer">Told a failure other than that the endpoint is not there.</param>
    /// <param name="connected">Told each endpoint once it is connected.</param>
    public NetMqInprocConnects(NetMQSocket socket, TimeSpan interval, NetMqPollerThread thread, IEngineSocketObserver observer, Action<string> connected)
    {
        _connected = connected;
        _socket = socket;
        _interval = interval;
        _observer = observer;
        _timer = new NetMqTimer(thread, TryAgain);
    }

    public void Connect(string endpoint)
    {
        if (TryConnect(endpoint)) return;
        _waiting.Add(endpoint);
        _timer.Start(_interval);
    }

    public void Dispose() => _timer.Dispose();

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
        if (_waiting.Count == 0) _timer.Stop();
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
