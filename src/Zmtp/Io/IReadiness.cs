using System.Net.Sockets;

namespace Actors.Zmtp.Io;

/// <summary>The operations that a socket of the system can do without waiting.</summary>
[Flags]
internal enum Ready
{
    None = 0,
    Read = 1,
    Write = 2,
}

/// <summary>
/// Something that an I/O thread calls back. What a callback throws comes back here, so that it ends what it belongs to
/// and neither the thread nor its other connections.
/// </summary>
internal interface IFaultHandler
{
    /// <summary>On the I/O thread. What this throws itself is a fault of the engine, and ends the process.</summary>
    void OnFault(Exception fault);
}

/// <summary>Hears on the I/O thread when its socket is ready.</summary>
internal interface IReadyHandler : IFaultHandler
{
    void OnReady(Ready ready);
}

internal static class ReadyHandlers
{
    /// <summary>Tells a handler, and gives it back what it throws.</summary>
    public static void Tell(this IReadyHandler handler, Ready ready)
    {
        try
        {
            handler.OnReady(ready);
        }
        catch (Exception fault)
        {
            handler.OnFault(fault);
        }
    }
}

/// <summary>
/// Tells which sockets of the system can be read or written without waiting. All calls come from the I/O thread, except
/// <see cref="Wake"/>.
/// </summary>
internal interface IReadiness : IDisposable
{
    /// <summary>Begins to watch, or changes what is watched for; with <see cref="Ready.None"/> a lost connection may still be told.</summary>
    void Watch(Socket socket, IReadyHandler handler, Ready interest);

    /// <summary>Ends the watching. To be called before the socket is closed.</summary>
    void Forget(Socket socket);

    /// <summary>Waits for readiness or <see cref="Wake"/> and calls the handlers. Zero does not wait, a negative time waits without end. True when there was something.</summary>
    bool Wait(int milliseconds);

    /// <summary>Ends a wait, from any thread.</summary>
    void Wake();
}
