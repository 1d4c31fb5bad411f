using Actors.Transport;

namespace Actors;

/// <summary>How the copies of a proxy's messages are sent.</summary>
public enum CaptureKind
{
    /// <summary>PUB: to all who have subscribed at the time; nobody holds the proxy back.</summary>
    Publish,

    /// <summary>PUSH: each copy to one peer, in turn; while nobody takes them, the proxy waits.</summary>
    Push,
}

/// <summary>Where a proxy sends a copy of each message that passes it, in either direction, as <c>zmq_proxy</c> does.</summary>
/// <param name="Socket">Where the copies go, and the options of the socket.</param>
/// <param name="Kind">The type of the socket.</param>
public sealed record CaptureSettings(SocketSettings Socket, CaptureKind Kind = CaptureKind.Publish)
{
    internal SocketKind SocketKind => Kind == CaptureKind.Publish ? SocketKind.Publish : SocketKind.Push;
}
