using Actors.Zmtp.Io;

namespace Actors.Zmtp.Connections;

/// <summary>A connection that carries the pipe of a session, on one I/O thread. It ends once, with the first reason.</summary>
internal interface IConnection : IFaultHandler
{
    /// <summary>Why it ended; null while it stands.</summary>
    CloseReason? Reason { get; }

    /// <summary>Traffic flows.</summary>
    bool IsReady { get; }

    /// <summary>The peer's end, as an endpoint.</summary>
    string RemoteEndpoint { get; }

    void Start();

    /// <summary>The pipe has something to send, or has room again.</summary>
    void Pump();

    /// <summary>Takes nothing more from the peer; what the pipe holds is still sent.</summary>
    void StopReceiving();

    /// <summary>Ends the connection. The first reason counts; later ones are ignored.</summary>
    void Close(CloseReason reason);

    /// <summary>Ends the connection because the peer took more than it may, and tells it so where there is a way.</summary>
    void Refuse(CloseReason reason);

    /// <summary>
    /// Ends the connection after everything was given to the system: says so to the peer, and takes what still arrives
    /// until the peer has ended too, since closing a socket with unread bytes would destroy what is under way.
    /// </summary>
    /// <param name="reason">Why it ends.</param>
    /// <param name="patience">How long the owner waits for the peer; negative for as long as is usual.</param>
    void Finish(CloseReason reason, TimeSpan patience);
}
