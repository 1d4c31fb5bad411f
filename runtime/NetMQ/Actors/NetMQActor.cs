using NetMQ.Sockets;

namespace NetMQ;

/// <summary>
/// A thread with a pipe to it. Whoever creates the actor talks to it through this object, which belongs to the creating
/// thread like a socket; the work on the other thread talks through the shim. Creating waits until the work signals that it
/// is ready; disposing tells it to end and waits until it has.
/// </summary>
public class NetMQActor : IOutgoingSocket, IReceivingSocket, ISocketPollable, IDisposable
{
    /// <summary>The message that tells the work to end.</summary>
    public const string EndShimMessage = "endPipe";

    private static readonly TimeSpan s_lookInterval = TimeSpan.FromMilliseconds(50);
    private static long s_lastNumber;

    private readonly PairSocket _self = new();
    private readonly PairSocket _shim = new();
    private readonly IShimHandler _handler;
    private readonly Thread _thread;
    private readonly NetMQActorEventArgs _eventArgs;
    private EventHandler<NetMQActorEventArgs>? _receiveReady;
    private EventHandler<NetMQActorEventArgs>? _sendReady;
    private int _disposed;

    private NetMQActor(IShimHandler handler)
    {
        _handler = handler;
        _eventArgs = new NetMQActorEventArgs(this);
        var number = Interlocked.Increment(ref s_lastNumber);
        var endpoint = $"inproc://netmq-actor-{number}";
        _self.Bind(endpoint);
        _shim.Connect(endpoint);
        _thread = new Thread(RunShim) { IsBackground = true, Name = $"NetMQActor {number}" };
        _thread.Start();

        // The work signals that it is ready; if it ends before, its thread signals for it.
        _self.ReceiveSignal();
    }

    /// <summary>The actor has something to receive. For a poller.</summary>
    public event EventHandler<NetMQActorEventArgs> ReceiveReady
    {
        add
        {
            if (_receiveReady == null)
                _self.ReceiveReady += OnReceiveReady;
            _receiveReady += value;
        }
        remove
        {
            _receiveReady -= value;
            if (_receiveReady == null)
                _self.ReceiveReady -= OnReceiveReady;
        }
    }

    /// <summary>The actor takes a message. For a poller.</summary>
    public event EventHandler<NetMQActorEventArgs> SendReady
    {
        add
        {
            if (_sendReady == null)
                _self.SendReady += OnSendReady;
            _sendReady += value;
        }
        remove
        {
            _sendReady -= value;
            if (_sendReady == null)
                _self.SendReady -= OnSendReady;
        }
    }

    /// <inheritdoc/>
    public bool IsDisposed => Volatile.Read(ref _disposed) != 0;

    NetMQSocket ISocketPollable.Socket => _self;

    /// <summary>Starts the work on a thread of its own and waits until it is ready.</summary>
    public static NetMQActor Create(IShimHandler shimHandler)
    {
        ArgumentNullException.ThrowIfNull(shimHandler);
        return new NetMQActor(shimHandler);
    }

    /// <inheritdoc cref="Create(IShimHandler)"/>
    public static NetMQActor Create(ShimAction action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return new NetMQActor(new ActionHandler<ShimAction>(static (work, shim) => work(shim), action));
    }

    /// <inheritdoc cref="Create(IShimHandler)"/>
    public static NetMQActor Create<T>(ShimAction<T> action, T state)
    {
        ArgumentNullException.ThrowIfNull(action);
        return new NetMQActor(new ActionHandler<(ShimAction<T> Work, T State)>(static (it, shim) => it.Work(shim, it.State), (action, state)));
    }

    /// <inheritdoc/>
    public bool TrySend(ref Msg msg, TimeSpan timeout, bool more) => _self.TrySend(ref msg, timeout, more);

    /// <inheritdoc/>
    public bool TryReceive(ref Msg msg, TimeSpan timeout) => _self.TryReceive(ref msg, timeout);

    /// <summary>Tells the work to end, and waits until it has.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose()"/>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        // The work may be slow to take the message, or may have ended by itself and never take it.
        while (_thread.IsAlive && !_self.TrySendFrame(s_lookInterval, EndShimMessage))
        {
        }

        // Taking what it still says keeps it from waiting for room in the pipe.
        while (!_thread.Join(TimeSpan.Zero))
            _self.TrySkipMultipartMessage(s_lookInterval);
        _self.Options.Linger = TimeSpan.Zero;
        _self.Dispose();
    }

    private void RunShim()
    {
        try
        {
            _handler.Run(_shim);
        }
        catch (TerminatingException)
        {
            // The context was terminated under the work, which is one way to end it.
        }

        _shim.TrySignalOK();
        _shim.Dispose();
    }

    private void OnReceiveReady(object? sender, NetMQSocketEventArgs e) => _receiveReady?.Invoke(this, _eventArgs);

    private void OnSendReady(object? sender, NetMQSocketEventArgs e) => _sendReady?.Invoke(this, _eventArgs);

    private sealed class ActionHandler<T>(Action<T, PairSocket> run, T state) : IShimHandler
    {
        public void Run(PairSocket shim) => run(state, shim);
    }
}
