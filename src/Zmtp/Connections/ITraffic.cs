namespace Actors.Zmtp.Connections;

/// <summary>The octets of a connection after its handshake, both ways: frames as they are, sealed ones, or raw data.</summary>
internal interface ITraffic
{
    /// <summary>Gives out the octets to be sent next; returns the number of pieces, zero when there is nothing.</summary>
    int Gather(ArraySegment<byte>[] pieces);

    /// <summary>So many octets of what was gathered have left.</summary>
    void Sent(long octets);

    /// <summary>All was sent, and the traffic itself says that the connection is to end.</summary>
    bool TakeEnd() => false;

    /// <summary>Memory to receive into; never empty.</summary>
    Memory<byte> GetMemory();

    /// <summary>So many octets have arrived there. Returns the rule that they break, which ends the connection; otherwise null.</summary>
    CloseReason? Received(int count);

    /// <summary>Takes octets that arrived with the end of the handshake; otherwise as <see cref="Received"/>.</summary>
    CloseReason? Append(ReadOnlySpan<byte> octets);
}
