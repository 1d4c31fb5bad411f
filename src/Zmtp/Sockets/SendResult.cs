namespace Actors.Zmtp;

/// <summary>The result of a send that does not wait.</summary>
public enum SendResult
{
    /// <summary>The socket took the message.</summary>
    Sent,

    /// <summary>Nobody can take the message now: the peer, or every peer, is at its high-water mark, or there is none. Nothing of it was sent.</summary>
    Full,

    /// <summary>No peer has the routing id that the message names. Nothing of it was sent.</summary>
    Unroutable,
}
