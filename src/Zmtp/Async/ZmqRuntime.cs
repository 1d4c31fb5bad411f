using System.Runtime.ExceptionServices;
using Actors.Zmtp.Polling;

namespace Actors.Zmtp;

/// <summary>
/// Lets async methods use sockets: they run on the thread that created the runtime and calls <see cref="Run(Task[])"/>,
/// and go on there after each await. For one thread.
/// </summary>
public class ZmqRuntime : IDisposable
{
    [ThreadStatic]
    private static ZmqRuntime? s_current;

    private readonly ZmqPoller _poller = new();
    private readonly SynchronizationContext? _outerContext = SynchronizationContext.Current;
    private readonly PollerSynchronizationContext _context;

    /// <summary>Makes this thread the one of async methods that use sockets.</summary>
    /// <exception cref="InvalidOperationException">This thread has a runtime already.</exception>
    public ZmqRuntime()
    {
        if (s_current != null)
            throw new InvalidOperationException("This thread has a ZmqRuntime already.");
        _context = new PollerSynchronizationContext(_poller);
        SynchronizationContext.SetSynchronizationContext(_context);
        s_current = this;
    }

    /// <summary>The runtime of this thread.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public static ZmqRuntime Current => s_current
        ?? throw new InvalidOperationException("Asynchronous receiving needs a ZmqRuntime on this thread; create one before.");

    /// <summary>Works until all tasks are complete, and throws what the first of them threw that failed.</summary>
    public void Run(params Task[] tasks) => Run(CancellationToken.None, tasks);

    /// <summary>Works until all tasks are complete or the token is cancelled, and throws what the first task threw that failed.</summary>
    public void Run(CancellationToken cancellationToken, params Task[] tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        var all = Task.WhenAll(tasks);

        // The end comes as a task of the poller, so that it finds the poller running.
        all.ContinueWith(_ => _poller.StopAsync(), CancellationToken.None, TaskContinuationOptions.None, _poller);
        using (cancellationToken.Register(() => _context.Post(_ => _poller.StopAsync(), null)))
            _poller.Run(_context);

        if (all.IsFaulted)
            ExceptionDispatchInfo.Throw(all.Exception!.InnerExceptions[0]);
    }

    /// <summary>Gives the thread back.</summary>
    public void Dispose()
    {
        if (s_current == this)
        {
            s_current = null;
            SynchronizationContext.SetSynchronizationContext(_outerContext);
        }

        _poller.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Completes when the socket has something to receive.</summary>
    internal Task WaitToReceive(ZmqSocket socket, CancellationToken cancellationToken)
    {
        var wait = new ReceiveWait(_poller, socket);
        if (cancellationToken.CanBeCanceled)
            wait.CancelWith(_context, cancellationToken);
        return wait.Task;
    }

    /// <summary>A socket that is in the poller until it has something to receive or the wait is cancelled.</summary>
    private sealed class ReceiveWait
    {
        private readonly ZmqPoller _poller;
        private readonly ZmqSocket _socket;
        private readonly TaskCompletionSource _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private CancellationTokenRegistration _cancellation;

        public ReceiveWait(ZmqPoller poller, ZmqSocket socket)
        {
            _poller = poller;
            _socket = socket;
            socket.ReceiveReady += OnReady;
            poller.Add(socket);
        }

        public Task Task => _source.Task;

        public void CancelWith(PollerSynchronizationContext context, CancellationToken token)
        {
            _cancellation = token.Register(() => context.Post(
                _ =>
                {
                    if (_source.TrySetCanceled(token))
                        Leave();
                },
                null));
        }

        private void OnReady(object? sender, ZmqSocketEventArgs e)
        {
            if (_source.TrySetResult())
                Leave();
        }

        private void Leave()
        {
            _socket.ReceiveReady -= OnReady;
            _poller.Remove(_socket);
            _cancellation.Unregister();
        }
    }
}
