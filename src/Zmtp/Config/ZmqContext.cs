using System.Globalization;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp;

/// <summary>The settings that all sockets of the process share, and their common end. All members are for any thread.</summary>
public static class ZmqContext
{
    private const string SpinVariable = "ZMTP_SPIN_MICROSECONDS";

    private static readonly Lock s_lock = new();
    private static EngineContext? s_context;
    private static TimeSpan s_linger = Timeout.InfiniteTimeSpan;
    private static int s_ioThreads = 1;
    private static int s_maxSockets = 65536;
    private static TimeSpan? s_spinTime;

    /// <summary>
    /// Told what the handler of a monitor throws, and a fault of an I/O thread that belongs to no connection; on the thread
    /// where it happened. Without a handler here such an exception ends the process as an unhandled one.
    /// </summary>
    public static event Action<Exception>? Faulted;

    /// <summary>The linger time of new sockets, see <see cref="SocketOptions.Linger"/>. Default <see cref="Timeout.InfiniteTimeSpan"/>: until all has left.</summary>
    public static TimeSpan Linger
    {
        get => s_linger;
        set => s_linger = SocketOptions.NotNegativeOrInfinite(value, nameof(Linger), "has no end");
    }

    /// <summary>The number of I/O threads. Default 1; takes effect before the first socket.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public static int IoThreads
    {
        get => s_ioThreads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            s_ioThreads = value;
        }
    }

    /// <summary>The most sockets that are open at a time. Default 65536.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public static int MaxSockets
    {
        get => s_maxSockets;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            s_maxSockets = value;
        }
    }

    /// <summary>
    /// The time for which a waiting thread, of a socket or for I/O, looks for work before it sleeps. Default 50 µs, and zero
    /// where there is one processor; the environment variable <c>ZMTP_SPIN_MICROSECONDS</c> sets another default. Takes effect
    /// on I/O threads before the first socket, and on sockets that are made later.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <exception cref="InvalidOperationException">The environment variable is no number of microseconds.</exception>
    public static TimeSpan SpinTime
    {
        get => s_spinTime ??= DefaultSpinTime();
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            s_spinTime = value;
        }
    }

    internal static EngineContext Current
    {
        get
        {
            lock (s_lock)
            {
                return s_context ??= new EngineContext(s_ioThreads);
            }
        }
    }

    /// <summary>
    /// Ends all sockets and the I/O threads, when the process is about to end. Sockets that are still open throw
    /// <see cref="TerminatingException"/> from then on. Sockets made later begin anew.
    /// </summary>
    /// <param name="block">Waits until all sockets are closed and what they had to send was sent, within their linger times.</param>
    public static void Terminate(bool block = true)
    {
        EngineContext? context;
        lock (s_lock)
        {
            context = s_context;
            s_context = null;
        }

        context?.Terminate(block);
    }

    /// <summary>Waits until no socket of the process is open and the closed ones have sent what they had.</summary>
    /// <param name="most">How long to wait at most.</param>
    internal static void WaitUntilEmpty(TimeSpan most) => Current.WaitUntilEmpty(most);

    /// <summary>False when nobody wants to know.</summary>
    internal static bool TellFault(Exception fault)
    {
        Action<Exception>? faulted = Faulted;
        faulted?.Invoke(fault);
        return faulted is not null;
    }

    /// <summary>Lets sockets made from now on live in another context, and returns the one before; for tests.</summary>
    internal static EngineContext? Exchange(EngineContext? context)
    {
        lock (s_lock)
        {
            EngineContext? before = s_context;
            s_context = context;
            return before;
        }
    }

    private static TimeSpan DefaultSpinTime()
    {
        if (Environment.GetEnvironmentVariable(SpinVariable) is not { Length: > 0 } text)
        {
            return TimeSpan.FromMicroseconds(Environment.ProcessorCount > 1 ? 50 : 0);
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int microseconds)
            ? TimeSpan.FromMicroseconds(microseconds)
            : throw new InvalidOperationException($"{SpinVariable} is '{text}', and should be a number of microseconds, 0 or more.");
    }
}
