using System.Globalization;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp;

/// <summary>Settings of the process, and the end of all sockets.</summary>
public static class ZmqConfig
{
    private static readonly Lock s_lock = new();
    private static EngineContext? s_context;
    private static TimeSpan s_linger = TimeSpan.FromMilliseconds(-1);
    private static int s_threads = 1;
    private static int s_maxSockets = 65536;
    private static TimeSpan? s_spinTime;

    /// <summary>
    /// The linger time that new sockets begin with: how long what was sent, and has not left when the socket is closed,
    /// may still be sent. Negative, which is the default, means until it has left; zero drops it.
    /// </summary>
    public static TimeSpan Linger
    {
        get => s_linger;
        set => s_linger = value;
    }

    /// <summary>The number of I/O threads, 1 unless set; takes effect before the first socket.</summary>
    public static int ThreadPoolSize
    {
        get => s_threads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            s_threads = value;
        }
    }

    /// <summary>The most sockets open at a time; 65536 unless set.</summary>
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
    /// How long a thread that waits for messages, and an I/O thread, looks again before it sleeps: 50 µs unless set, by
    /// this property or in microseconds by the environment variable <c>NETMQ_SPIN_MICROSECONDS</c>; zero, and the default
    /// where there is one processor, sleeps at once. Takes effect on I/O threads before the first socket, on
    /// sockets that are made later. The genuine NetMQ has no such setting.
    /// </summary>
    public static TimeSpan SpinTime
    {
        get => s_spinTime ??= DefaultSpinTime();
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            s_spinTime = value;
        }
    }

    /// <summary>
    /// Told what the handler of a monitor throws, and a fault of an I/O thread that belongs to no connection; on the thread
    /// where it happened. Without a handler here such an exception ends the process as an unhandled one.
    /// </summary>
    public static event Action<Exception>? Faulted;

    /// <summary>False when nobody wants to know.</summary>
    internal static bool TellFault(Exception fault)
    {
        Action<Exception>? faulted = Faulted;
        faulted?.Invoke(fault);
        return faulted is not null;
    }

    internal static EngineContext Context
    {
        get
        {
            lock (s_lock)
            {
                return s_context ??= new EngineContext(s_threads);
            }
        }
    }

    private static TimeSpan DefaultSpinTime()
    {
        if (Environment.GetEnvironmentVariable("NETMQ_SPIN_MICROSECONDS") is not { Length: > 0 } text)
        {
            return TimeSpan.FromMicroseconds(Environment.ProcessorCount > 1 ? 50 : 0);
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int microseconds)
            ? TimeSpan.FromMicroseconds(microseconds)
            : throw new InvalidOperationException($"NETMQ_SPIN_MICROSECONDS is '{text}', and should be a number of microseconds, 0 or more.");
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

    /// <summary>
    /// Ends all sockets and the I/O threads, when the process is about to end. Sockets that are still open throw
    /// <see cref="TerminatingException"/> from then on. Sockets made later begin anew.
    /// </summary>
    /// <param name="block">Waits until all sockets are closed and what they had to send was sent, within their linger times.</param>
    public static void Cleanup(bool block = true)
    {
        EngineContext? context;
        lock (s_lock)
        {
            context = s_context;
            s_context = null;
        }

        context?.Terminate(block);
    }
}
