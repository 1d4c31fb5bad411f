using System.Net.Sockets;

namespace Actors.Zmtp.Transports;

/// <summary>The options of a socket that concern its TCP connections; backlog and buffers hold for ipc too.</summary>
internal sealed record TcpSettings
{
    public int Backlog { get; init; } = 100;

    /// <summary>Bytes; zero leaves the system's default, which adapts itself.</summary>
    public int SendBuffer { get; init; }

    /// <inheritdoc cref="SendBuffer"/>
    public int ReceiveBuffer { get; init; }

    public bool IPv4Only { get; init; } = true;

    /// <summary>Time for one attempt to reach one address of the peer; zero leaves it to the system.</summary>
    public TimeSpan ConnectTimeout { get; init; }

    public bool KeepAlive { get; init; }

    /// <summary>Negative for the system's default.</summary>
    public int KeepAliveCount { get; init; } = -1;

    /// <inheritdoc cref="KeepAliveCount"/>
    public TimeSpan KeepAliveIdle { get; init; } = TimeSpan.FromMilliseconds(-1);

    /// <inheritdoc cref="KeepAliveCount"/>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromMilliseconds(-1);

    public void Apply(Socket socket)
    {
        socket.NoDelay = true;
        ApplyBuffers(socket);
        if (!KeepAlive)
        {
            return;
        }

        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        if (KeepAliveCount > 0)
        {
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveCount);
        }

        if (KeepAliveIdle > TimeSpan.Zero)
        {
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, (int)Math.Ceiling(KeepAliveIdle.TotalSeconds));
        }

        if (KeepAliveInterval > TimeSpan.Zero)
        {
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, (int)Math.Ceiling(KeepAliveInterval.TotalSeconds));
        }
    }

    /// <summary>For a listener too: the window is settled while the connection is made.</summary>
    public void ApplyBuffers(Socket socket)
    {
        if (SendBuffer > 0)
        {
            socket.SendBufferSize = SendBuffer;
        }

        if (ReceiveBuffer > 0)
        {
            socket.ReceiveBufferSize = ReceiveBuffer;
        }
    }
}
