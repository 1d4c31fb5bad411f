using System.Net.Sockets;
using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Connections;

/// <summary>The cause of a connection's end.</summary>
internal enum CloseKind
{
    /// <summary>This end closed it: the socket was closed, or the endpoint ended.</summary>
    Local,

    /// <summary>The peer closed it.</summary>
    Peer,

    /// <summary>The network broke it.</summary>
    Network,

    /// <summary>The peers did not agree in the handshake, or it took too long.</summary>
    Handshake,

    /// <summary>The peer broke a rule of the protocol.</summary>
    Protocol,

    /// <summary>The peer was silent for too long.</summary>
    Heartbeat,

    /// <summary>The peer took more than the settings of this end allow.</summary>
    Limit,

    /// <summary>This engine failed; the exception is in the reason.</summary>
    Fault,
}

/// <summary>Why a connection ended; the first reason counts.</summary>
/// <param name="Kind">What ended it.</param>
/// <param name="Text">A sentence for people.</param>
/// <param name="Error">The system's error, when the network broke it.</param>
/// <param name="MayReconnect">Connecting again may help.</param>
/// <param name="Exception">What the engine threw, when it failed.</param>
/// <param name="Failure">What went wrong in the handshake; null when it just did not come to its end.</param>
/// <param name="IsRefusal">The peer said that it does not serve this end as it is, so that coming again at once is of no use.</param>
internal sealed record CloseReason(
    CloseKind Kind,
    string Text,
    SocketError Error = SocketError.Success,
    bool MayReconnect = true,
    Exception? Exception = null,
    HandshakeFailureReason? Failure = null,
    bool IsRefusal = false)
{
    /// <summary>What ended the connection and how, for people who know neither this engine nor the protocol.</summary>
    public string Sentence => Kind switch
    {
        CloseKind.Protocol => $"protocol error: {Text}",
        CloseKind.Heartbeat => $"heartbeat timed out: {Text}",
        CloseKind.Network => $"the connection broke: {Text}",
        CloseKind.Limit => $"a limit was exceeded: {Text}",
        _ => Text,
    };

    public static CloseReason Of(Exception fault)
        => new(CloseKind.Fault, $"the engine failed with {fault.GetType().Name}: {fault.Message}", Exception: fault);
}
