namespace Actors.Zmtp;

/// <summary>Counters of one pipe, between a socket and one peer or endpoint.</summary>
/// <remarks>Read while the pipe works, so that the numbers may be a few messages apart. Bytes are those of whole frames with their headers.</remarks>
public readonly record struct PipeStatistics
{
    /// <summary>The endpoint of this socket that was bound or connected.</summary>
    public string Endpoint { get; init; }

    /// <summary>The peer's end, as an endpoint; empty as long as there was none.</summary>
    public string PeerAddress { get; init; }

    /// <summary>The name by which a ROUTER or STREAM socket knows the peer, otherwise the one that the peer told; null for none.</summary>
    public byte[]? RoutingId { get; init; }

    /// <summary>Messages that came whole from the peer.</summary>
    public long MessagesIn { get; init; }

    /// <summary>Bytes of <see cref="MessagesIn"/>.</summary>
    public long BytesIn { get; init; }

    /// <summary>Messages that came and were not received from the socket yet.</summary>
    public long QueuedIn { get; init; }

    /// <summary>Messages that were given whole to the transport.</summary>
    public long MessagesOut { get; init; }

    /// <summary>Bytes of <see cref="MessagesOut"/>.</summary>
    public long BytesOut { get; init; }

    /// <summary>Messages that were sent to the socket and wait for the transport.</summary>
    public long QueuedOut { get; init; }

    /// <summary>Messages that the peer missed because its pipe was full: PUB, XPUB, XSUB, RADIO, REP, and ROUTER without RouterMandatory.</summary>
    public long DroppedFull { get; init; }

    /// <summary>Messages that were waiting to be sent when the pipe came to its end.</summary>
    public long DroppedUnsent { get; init; }

    /// <summary>Messages that had come and were never received, because the socket closed the pipe.</summary>
    public long DroppedUnread { get; init; }

    internal PipeStatistics Plus(in PipeStatistics other) => this with
    {
        MessagesIn = MessagesIn + other.MessagesIn,
        BytesIn = BytesIn + other.BytesIn,
        QueuedIn = QueuedIn + other.QueuedIn,
        MessagesOut = MessagesOut + other.MessagesOut,
        BytesOut = BytesOut + other.BytesOut,
        QueuedOut = QueuedOut + other.QueuedOut,
        DroppedFull = DroppedFull + other.DroppedFull,
        DroppedUnsent = DroppedUnsent + other.DroppedUnsent,
        DroppedUnread = DroppedUnread + other.DroppedUnread,
    };
}

/// <summary>Counters of all pipes of a socket since it was made.</summary>
/// <param name="Pipes">The pipes that stand.</param>
/// <param name="Total">The sum over these pipes and all that have ended; its addresses are empty.</param>
/// <param name="DroppedUnroutable">Messages to a peer that a ROUTER or STREAM socket does not know.</param>
public sealed record SocketStatistics(IReadOnlyList<PipeStatistics> Pipes, PipeStatistics Total, long DroppedUnroutable);
