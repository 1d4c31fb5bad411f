using System.Buffers;
using Actors.Zmtp.Security.Curve;
using Actors.Zmtp.Security.Zap;

namespace Actors.Zmtp.Protocol;

/// <summary>The progress of a mechanism.</summary>
internal enum MechanismOutcome
{
    /// <summary>It waits for a command of the peer.</summary>
    Continuing,

    /// <summary>It waits for <see cref="IMechanism.Authenticated"/>; <see cref="IMechanism.Request"/> is there.</summary>
    Authenticating,

    /// <summary>Both ends agreed; <see cref="IMechanism.Peer"/> is there.</summary>
    Done,

    /// <summary>The connection must end; <see cref="IMechanism.Failure"/> is there, and an ERROR command was written if the peer should know.</summary>
    Failed,
}

/// <summary>
/// One end of a security handshake (https://rfc.zeromq.org/spec/37/, "Authentication and Confidentiality"), which begins
/// when both greetings are complete and name the same mechanism. Output is whole frames.
/// </summary>
internal interface IMechanism
{
    /// <summary>The name in the greeting.</summary>
    string Name { get; }

    /// <summary>The as-server octet of the greeting.</summary>
    bool AsServer { get; }

    /// <summary>The peer, once the outcome is <see cref="MechanismOutcome.Done"/>.</summary>
    PeerInfo? Peer { get; }

    /// <summary>The failure, once the outcome is <see cref="MechanismOutcome.Failed"/>.</summary>
    HandshakeFailure? Failure { get; }

    /// <summary>Seals and opens the traffic, once the outcome is <see cref="MechanismOutcome.Done"/>; null when it goes as it is.</summary>
    CurveTraffic? Traffic { get; }

    /// <summary>The credentials to check, once the outcome is <see cref="MechanismOutcome.Authenticating"/>.</summary>
    ZapRequest? Request { get; }

    /// <summary>Takes the answer of the handler, and writes what follows from it.</summary>
    MechanismOutcome Authenticated(ZapReply reply, IBufferWriter<byte> output);

    /// <summary>Writes what this end says first, if it does.</summary>
    MechanismOutcome Start(ZmtpRevision revision, IBufferWriter<byte> output);

    /// <summary>Takes a command of the peer and writes the answer, if there is one.</summary>
    MechanismOutcome Receive(Command command, IBufferWriter<byte> output);
}
