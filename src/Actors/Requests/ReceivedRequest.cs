using Actors.Transport;

namespace Actors;

/// <summary>A request as it came in: the routing id, the rest of the envelope, the empty delimiter, and the body (RFC 28).</summary>
internal readonly record struct ReceivedRequest
{
    private readonly int _delimiter;

    public ReceivedRequest(Message message)
    {
        Message = message;
        _delimiter = DelimiterOf(message);
    }

    public Message Message { get; }

    /// <summary>Whether there are a delimiter and a body.</summary>
    public bool IsWellFormed => _delimiter > 0 && _delimiter < Message.FrameCount - 1;

    public Message Body => Message.Skip(_delimiter + 1);

    /// <summary>What the client knows the request by; null where it bears no id.</summary>
    public RequestId? Id => _delimiter > 1 && RequestId.TryRead(Message[_delimiter - 1].Span, out var id) ? id : null;

    /// <summary>The routing id in hex.</summary>
    public string Peer => Convert.ToHexString(Message[0].Span);

    /// <summary>The reply behind the envelope of the request.</summary>
    public Message Reply(Message body) => Message.TakeThen(_delimiter + 1, body);

    /// <summary>The index of the empty frame that ends the envelope, behind the routing id; -1 when there is none.</summary>
    private static int DelimiterOf(Message message)
    {
        for (var i = 1; i < message.FrameCount; i++)
            if (message[i].Length == 0) return i;
        return -1;
    }
}
