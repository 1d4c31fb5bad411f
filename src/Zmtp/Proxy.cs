namespace Actors.Zmtp;

/// <summary>
/// Passes messages between two sockets, both ways, and shows them to others if asked to: the ROUTER and DEALER of a queue,
/// the XSUB and XPUB of a forwarder, the PULL and PUSH of a streamer.
/// </summary>
public class Proxy
{
    // How many messages pass one way before the other way is looked at.
    private const int BatchSize = 256;

    private const int Stopped = 0;
    private const int Starting = 1;
    private const int Started = 2;

    private readonly ZmqSocket _frontend;
    private readonly ZmqSocket _backend;
    private readonly ZmqSocket? _controlIn;
    private readonly ZmqSocket? _controlOut;
    private readonly bool _usesOwnPoller;
    private readonly ManualResetEventSlim _ended = new(initialState: true);
    private ZmqPoller? _poller;
    private int _state = Stopped;

    /// <summary>A proxy between two sockets, which shows the messages of both ways to one socket.</summary>
    /// <param name="frontend">One end.</param>
    /// <param name="backend">The other end.</param>
    /// <param name="control">Is sent a copy of each message; null for nobody.</param>
    /// <param name="poller">A poller that has both ends; null for one of the proxy's own.</param>
    public Proxy(ZmqSocket frontend, ZmqSocket backend, ZmqSocket? control = null, ZmqPoller? poller = null)
        : this(frontend, backend, control, control, poller)
    {
    }

    /// <summary>A proxy between two sockets, which shows the messages of each way to another socket.</summary>
    /// <param name="frontend">One end.</param>
    /// <param name="backend">The other end.</param>
    /// <param name="controlIn">Is sent a copy of each message from the frontend to the backend; null for nobody.</param>
    /// <param name="controlOut">Is sent a copy of each message from the backend to the frontend; null for nobody.</param>
    /// <param name="poller">A poller that has both ends; null for one of the proxy's own.</param>
    public Proxy(ZmqSocket frontend, ZmqSocket backend, ZmqSocket? controlIn, ZmqSocket? controlOut, ZmqPoller? poller = null)
    {
        ArgumentNullException.ThrowIfNull(frontend);
        ArgumentNullException.ThrowIfNull(backend);
        _frontend = frontend;
        _backend = backend;
        _controlIn = controlIn;
        _controlOut = controlOut;
        _poller = poller;
        _usesOwnPoller = poller == null;
    }

    /// <summary>Begins to pass messages. With a poller of its own, the proxy works on this thread until <see cref="Stop"/>.</summary>
    /// <exception cref="InvalidOperationException">The proxy has been started.</exception>
    public void Start()
    {
        if (Interlocked.CompareExchange(ref _state, Starting, Stopped) != Stopped)
            throw new InvalidOperationException("The proxy has been started.");
        _frontend.ReceiveReady += OnFrontendReady;
        _backend.ReceiveReady += OnBackendReady;
        if (!_usesOwnPoller)
        {
            Volatile.Write(ref _state, Started);
            return;
        }

        _ended.Reset();
        using (var poller = new ZmqPoller { _frontend, _backend })
        {
            _poller = poller;

            // A stop finds the poller running, because only the running poller says that the proxy has started.
            new Task(() => Volatile.Write(ref _state, Started)).Start(poller);
            try
            {
                poller.Run();
            }
            finally
            {
                Detach();
            }
        }

        _poller = null;
        _ended.Set();
    }

    /// <summary>Ends what <see cref="Start"/> began. With a poller of its own, waits until it has ended.</summary>
    /// <exception cref="InvalidOperationException">The proxy has not been started.</exception>
    public void Stop()
    {
        if (Interlocked.CompareExchange(ref _state, Stopped, Started) != Started)
            throw new InvalidOperationException("The proxy has not been started.");
        if (!_usesOwnPoller)
        {
            Detach();
            return;
        }

        _poller!.Stop();
        _ended.Wait();
    }

    private void Detach()
    {
        _frontend.ReceiveReady -= OnFrontendReady;
        _backend.ReceiveReady -= OnBackendReady;
        Volatile.Write(ref _state, Stopped);
    }

    private void OnFrontendReady(object? sender, ZmqSocketEventArgs e) => Pass(_frontend, _backend, _controlIn);

    private void OnBackendReady(object? sender, ZmqSocketEventArgs e) => Pass(_backend, _frontend, _controlOut);

    private static void Pass(ZmqSocket from, ZmqSocket to, ZmqSocket? control)
    {
        var msg = default(Msg);
        msg.InitEmpty();
        var copy = default(Msg);
        copy.InitEmpty();
        for (var i = 0; i < BatchSize && from.TryReceive(ref msg, TimeSpan.Zero); i++)
        {
            bool more;
            do
            {
                more = msg.HasMore;
                if (control != null)
                {
                    copy.Copy(ref msg);
                    control.Send(ref copy, more);
                }

                to.Send(ref msg, more);
                if (more)
                    from.Receive(ref msg);
            }
            while (more);
        }

        copy.Close();
        msg.Close();
    }
}
