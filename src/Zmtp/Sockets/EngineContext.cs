using System.Runtime.ExceptionServices;
using Actors.Zmtp.Io;
using Actors.Zmtp.Security.Zap;
using Actors.Zmtp.Transports;
using Actors.Zmtp.Transports.WebSocket;

namespace Actors.Zmtp.Sockets;

/// <summary>The things that all sockets of the process share: the I/O threads, the names of inproc, and the count of open sockets and sessions.</summary>
internal sealed class EngineContext
{
    private readonly Lock _lock = new();
    private readonly HashSet<SocketCore> _open = [];
    private readonly Reactor?[] _reactors;
    private readonly ManualResetEventSlim _empty = new(true, 0);
    private int _alive;

    private readonly bool _portable;
    private ITransport? _webSocket;

    /// <param name="ioThreads">The number of I/O threads; each begins when it is needed.</param>
    /// <param name="portable">Takes the portable way of waiting for sockets of the system where there is a faster one.</param>
    public EngineContext(int ioThreads, bool portable = false)
    {
        _portable = portable || !EpollReadiness.IsSupported;
        _reactors = new Reactor?[ioThreads];
        Zap = new ZapClient(Inproc);
    }

    public InprocRegistry Inproc { get; } = new();

    public ZapClient Zap { get; }

    public ITransport Tcp { get; init; } = new TcpTransport();

    public ITransport Ipc { get; } = new IpcTransport();

    public ITransport WebSocket => _webSocket ??= new WebSocketTransport(Tcp);

    public bool IsTerminated { get; private set; }

    /// <summary>The I/O thread with the fewest endpoints.</summary>
    public Reactor ChooseReactor()
    {
        lock (_lock)
        {
            int chosen = 0;
            for (int i = 0; i < _reactors.Length; i++)
            {
                if (_reactors[i] is not { } reactor)
                {
                    chosen = i;
                    break;
                }

                if (reactor.Load < _reactors[chosen]!.Load)
                {
                    chosen = i;
                }
            }

            Reactor result = _reactors[chosen] ??= new Reactor($"Zmtp I/O {chosen}", _portable ? new SelectReadiness() : new EpollReadiness(), Report);
            result.Load++;
            return result;
        }
    }

    public void Open(SocketCore socket)
    {
        lock (_lock)
        {
            if (IsTerminated)
            {
                throw new TerminatingException("The context was terminated.");
            }

            if (_open.Count >= ZmqContext.MaxSockets)
            {
                throw new ZmqException(ErrorCode.TooManyOpenSockets, $"There are {_open.Count} open sockets, as many as ZmqContext.MaxSockets allows.");
            }

            _open.Add(socket);
            Hold();
        }
    }

    public void Closed(SocketCore socket)
    {
        lock (_lock)
        {
            _open.Remove(socket);
            Release();
        }
    }

    /// <summary>Something lives that must end before the context can.</summary>
    public void Hold()
    {
        lock (_lock)
        {
            _alive++;
            _empty.Reset();
        }
    }

    public void Release()
    {
        lock (_lock)
        {
            if (--_alive == 0)
            {
                _empty.Set();
            }
        }
    }

    /// <summary>Waits until no socket is open and the closed ones have sent what they had, within their linger times.</summary>
    /// <param name="most">How long to wait at most.</param>
    public void WaitUntilEmpty(TimeSpan most) => _empty.Wait(most);

    /// <summary>
    /// Ends the context. Sockets that are open throw <see cref="TerminatingException"/> from then on. With
    /// <paramref name="block"/> this waits until they are closed and what they had to send was sent, within their linger times.
    /// </summary>
    public void Terminate(bool block)
    {
        SocketCore[] open;
        lock (_lock)
        {
            IsTerminated = true;
            open = [.. _open];
        }

        foreach (SocketCore socket in open)
        {
            socket.ContextTerminated();
        }

        if (block)
        {
            _empty.Wait();
            StopReactors();
        }
        else if (_empty.IsSet)
        {
            StopReactors();
        }
        else
        {
            // What is still there is left to end by itself.
            ThreadPool.RegisterWaitForSingleObject(_empty.WaitHandle, (_, _) => StopReactors(), null, Timeout.Infinite, executeOnlyOnce: true);
        }
    }

    private void StopReactors()
    {
        foreach (Reactor? reactor in _reactors)
        {
            reactor?.Dispose();
        }
    }

    /// <summary>
    /// An exception of a connection, session, listener or timer ends that alone (see <see cref="IFaultHandler"/>). Any other
    /// is a fault of the I/O thread itself or of a monitor's handler, which is not hidden: without a handler of
    /// <see cref="ZmqContext.Faulted"/> it ends the process, as an unhandled exception of a thread does.
    /// </summary>
    public static void Report(Exception e)
    {
        if (ZmqContext.TellFault(e))
        {
            return;
        }

        ExceptionDispatchInfo fault = ExceptionDispatchInfo.Capture(e);
        ThreadPool.UnsafeQueueUserWorkItem(static f => f.Throw(), fault, preferLocal: false);
    }
}
