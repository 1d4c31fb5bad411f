using Actors.Transport;

namespace Actors;

/// <summary>A published message, with its number and the time when it came.</summary>
internal sealed class RetainedMessage(ulong number, Message payload, TimeSpan since)
{
    private byte[]? _head;

    public ulong Number => number;

    public Message Payload => payload;

    public TimeSpan Since => since;

    public long Size { get; } = payload.Size;

    public ReadOnlyMemory<byte> Topic => payload[0];

    /// <summary>The first frame of its EVENT, made once for all subscribers.</summary>
    public ReadOnlyMemory<byte> Head => _head ??= BroadcastCodec.EventHead(number);
}
