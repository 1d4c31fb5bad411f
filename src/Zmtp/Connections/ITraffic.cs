namespace Actors.Zmtp.Connections;

/// <summary>What goes over a connection after its handshake, both ways: frames as they are, sealed ones, or raw octets.</summary>
internal interface ITraffic
{
    /// <summary>What is to be sent next; returns in how many pieces, zero when there is nothing.</summary>
    int Gather(ArraySegment<byte>[] pieces);

    /// <summary>So many octets of what was gathered have left.</summary>
    void Sent(long octets);

    /// <summary>All was sent, and the traffic itself says that the connection is to end.</summary>
    bool TakeEnd() => false;

    /// <summary>Where to receive to; never empty.</summary>
    Memory<byte> GetMemory();

    /// <summary>So many octets have arrived there. Returns the rule that they break, which ends the connection; otherwise null.</summary>
    CloseReason? Received(int count);

    /// <summary>Takes octets that arrived with the end of the handshake; otherwise as <see cref="Received"/>.</summary>
    CloseReason? Append(ReadOnlySpan<byte> octets);
}
