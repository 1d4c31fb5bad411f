namespace Actors.Host.Probe;

/// <summary>How a probe ended. The names, in lower case with hyphens, are the words of its JSON and its metrics.</summary>
internal enum ProbeOutcome
{
    /// <summary>A ZMTP socket lets this end in.</summary>
    Answers,

    /// <summary>The host has no address.</summary>
    NameNotResolved,

    /// <summary>There is no file of that path, for ipc.</summary>
    NoFile,

    /// <summary>Nothing listens there.</summary>
    Refused,

    /// <summary>The system knows no way there, or does not let this user go it.</summary>
    Unreachable,

    /// <summary>No connection within the time.</summary>
    TimedOut,

    /// <summary>The connection is accepted, and nothing comes.</summary>
    Silent,

    /// <summary>The connection is accepted and closed, without a word.</summary>
    Closed,

    /// <summary>Something answers that is not ZMTP.</summary>
    NotZmtp,

    /// <summary>The peer wants another security mechanism.</summary>
    WrongMechanism,

    /// <summary>The server of CURVE has another key than the probe was given.</summary>
    WrongServerKey,

    /// <summary>The peer does not let these credentials, or this address, in.</summary>
    NotAllowed,

    /// <summary>The peer's socket type does not fit the one that was asked about.</summary>
    WrongSocketType,

    /// <summary>The peer broke off the handshake, or a rule of it.</summary>
    HandshakeFailed,
}
