using System.Net.Sockets;

namespace NetMQ.Io;

/// <summary>What a socket of the system is ready for.</summary>
[Flags]
internal enum Ready
{
    None = 0,
    Read = 1,
    Write = 2,
}

/// <summary>Is told on the I/O thread what its socket is ready for.</summary>
internal interface IReadyHandler
{
    void OnReady(Ready ready);
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

    /// <summary>Waits for readiness or <see cref="Wake"/> and calls the handlers. Zero does not wait, a negative time waits without end.</summary>
    void Wait(int milliseconds);

    /// <summary>Ends a wait, from any thread.</summary>
    void Wake();
}
