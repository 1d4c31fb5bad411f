using System.Net.Sockets;
using Actors.Zmtp.Connections;
using Actors.Zmtp.Io;

namespace Actors.Zmtp.Transports;

/// <summary>A connection of bytes that never waits. It belongs to one I/O thread.</summary>
internal interface IByteStream
{
    /// <summary>This end, as an endpoint.</summary>
    string LocalEndpoint { get; }

    /// <summary>The peer's end, as an endpoint.</summary>
    string RemoteEndpoint { get; }

    /// <summary>Sends as much as goes without waiting, and returns how many bytes; <see cref="SocketError.WouldBlock"/> when none.</summary>
    long Send(ReadOnlySpan<ArraySegment<byte>> pieces, out SocketError error);

    /// <summary>Receives what is there, and returns how many bytes; zero with <see cref="SocketError.Success"/> means that the peer has ended.</summary>
    int Receive(Memory<byte> buffer, out SocketError error);

    /// <summary>The rule of the transport that the peer broke, after which nothing is received; null for none.</summary>
    string? BrokenRule => null;

    /// <summary>Why the peer ended the connection, where the transport has words for that and it was not the usual end.</summary>
    string? Farewell => null;

    /// <summary>Chooses what the handler is told of; <see cref="Ready.None"/> ends the telling.</summary>
    void Watch(IReadyHandler handler, Ready interest);

    /// <summary>Tells the peer that nothing more comes; what it sends can still be received.</summary>
    void ShutdownSend();

    /// <summary>Ends the connection.</summary>
    void Close();

    /// <summary>Ends the connection, and tells the peer why where the transport has words for that.</summary>
    void Close(CloseKind why) => Close();
}

/// <summary>A connection of bytes with heartbeats of its own, which stand for those of ZMTP.</summary>
internal interface IPingStream : IByteStream
{
    /// <summary>Called when the peer has given a sign of life, which may be no data.</summary>
    Action? Heard { set; }

    /// <summary>Asks the peer for a sign of life.</summary>
    void Ping();
}

/// <summary>Listens at an endpoint. It belongs to one I/O thread.</summary>
internal interface IListener
{
    /// <summary>The endpoint with its real address and port.</summary>
    string Endpoint { get; }

    /// <summary>Begins to accept; peers may have connected before, and wait.</summary>
    void Start();

    void Close();
}

/// <summary>Takes the connections that peers make.</summary>
internal interface IAcceptHandler : IFaultHandler
{
    void OnAccepted(IByteStream stream);

    void OnAcceptFailed(SocketError error);

    /// <summary>The listener is closed, but has left something behind.</summary>
    void OnCloseFailed(ErrorCode error);
}

/// <summary>Hears how an attempt to connect ended, exactly once unless the attempt is cancelled.</summary>
internal interface IConnectHandler : IFaultHandler
{
    void OnConnected(IByteStream stream);

    void OnConnectFailed(SocketError error);
}

/// <summary>An attempt to connect.</summary>
internal interface IConnectAttempt
{
    void Cancel();
}
