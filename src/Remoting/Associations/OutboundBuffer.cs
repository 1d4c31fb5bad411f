using Google.Protobuf;

namespace Actors.Remoting.Associations;

/// <summary>What <see cref="OutboundBuffer.Add"/> has done with a message.</summary>
internal enum Added
{
    /// <summary>The buffer is full or closed; the message is not in it.</summary>
    Refused,

    /// <summary>The message is in the buffer, and a flush is under way that will come to it.</summary>
    Joined,

    /// <summary>The message is in the buffer, and the caller has to schedule a flush.</summary>
    First,
}

/// <summary>
/// The messages that wait for one node, bounded by their bytes. Any thread adds; one takes. A message counts until it is
/// <see cref="Release">released</see>, which is when its socket has taken it.
/// </summary>
/// <param name="limit">Bytes that may wait. One message is taken whatever its size.</param>
internal sealed class OutboundBuffer(long limit)
{
    private readonly Lock _lock = new();
    private List<ByteString> _waiting = [];
    private long _bytes;
    private bool _scheduled;
    private bool _closed;

    public Added Add(ByteString message)
    {
        lock (_lock)
        {
            if (_closed || (_bytes > 0 && _bytes + message.Length > limit)) return Added.Refused;
            _bytes += message.Length;
            _waiting.Add(message);
            if (_scheduled) return Added.Joined;
            _scheduled = true;
            return Added.First;
        }
    }

    /// <summary>Takes all that waits, in exchange for an empty list; false when nothing waits, and the next to add schedules a flush.</summary>
    public bool TryTake(ref List<ByteString> messages)
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                _scheduled = false;
                return false;
            }
            (_waiting, messages) = (messages, _waiting);
            return true;
        }
    }

    /// <summary>So many bytes wait no more.</summary>
    public void Release(long bytes)
    {
        lock (_lock) _bytes -= bytes;
    }

    /// <summary>Refuses what comes from now on; what waits can be taken.</summary>
    public void Close()
    {
        lock (_lock) _closed = true;
    }
}
