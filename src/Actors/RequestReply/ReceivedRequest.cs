using System.Diagnostics;
using Actors.Transport;

namespace Actors;

/// <summary>A request as it came in: the routing id, the rest of the envelope, the empty delimiter, and the body (RFC 28).</summary>
internal readonly record struct ReceivedRequest
{
    private readonly int _delimiter;

    /// <param name="message">The message with its envelope.</param>
    /// <param name="link">The socket that it came by.</param>
    public ReceivedRequest(Message message, SocketLink link)
    {
        Message = message;
        Link = link;
        _delimiter = DelimiterOf(message);
        Id = _delimiter > 1 && RequestId.TryRead(message[_delimiter - 1].Span, out var id) ? id : null;
    }

    public Message Message { get; }

    public SocketLink Link { get; }

    /// <summary>True when the message has a delimiter and a body.</summary>
    public bool IsWellFormed => _delimiter > 0 && _delimiter < Message.FrameCount - 1;

    public Message Body => Message.Skip(_delimiter + 1);

    /// <summary>The frames in front of the delimiter.</summary>
    public ReadOnlySpan<ReadOnlyMemory<byte>> Envelope => Message.Frames[.._delimiter];

    /// <summary>The id that the client gave the request; null when it bears none.</summary>
    public RequestId? Id { get; }

    /// <summary>The span of the client; default when the request carries none, or a malformed one.</summary>
    public ActivityContext Trace => Id is not null && _delimiter > 2 ? TraceFrame.Read(Message[_delimiter - 2].Span) : default;

    /// <summary>The routing id in hex.</summary>
    public string Peer => Convert.ToHexString(Message[0].Span);

    /// <summary>True when both came by one socket with one routing id or number, so that a reply to one is a reply to the other.</summary>
    public bool IsSameAs(ReceivedRequest other) => Link == other.Link && Message[0].Span.SequenceEqual(other.Message[0].Span);

    /// <summary>The reply behind the envelope of the request.</summary>
    public Message Reply(Message body) => Message.TakeThen(_delimiter + 1, body);

    /// <summary>The refusal behind the envelope of an identified request.</summary>
    public Message Refuse(Refusal refusal)
    {
        var frames = new ReadOnlyMemory<byte>[_delimiter + 1];
        for (var i = 0; i < frames.Length; i++) frames[i] = Message[i];
        frames[_delimiter - 1] = Id!.Value.ToRefusalFrame();
        return new Message(frames).TakeThen(frames.Length, refusal.ToBody());
    }

    /// <summary>The request for another server: the given frame, the trace and the id if there are any, the delimiter, and the body.</summary>
    public Message From(ReadOnlyMemory<byte> frame) => Message.Skip(Id is null ? _delimiter : Trace == default ? _delimiter - 1 : _delimiter - 2).Prepend(frame);

    /// <summary>The index of the empty frame that ends the envelope, behind the routing id; -1 when there is none.</summary>
    private static int DelimiterOf(Message message)
    {
        for (var i = 1; i < message.FrameCount; i++)
            if (message[i].Length == 0) return i;
        return -1;
    }
}
