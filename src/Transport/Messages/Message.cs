using System.Diagnostics;
using System.Text;
using Akka.Actor;

namespace Actors.Transport;

/// <summary>
/// A ZeroMQ message: one or more frames, immutable, sent and received whole or not at all.
/// </summary>
/// <remarks>
/// The frames are not copied: who builds a message from an array hands the array over and does not write to it again.
/// Safe to share between threads and actors.
/// </remarks>
public sealed class Message : IEquatable<Message>
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly ReadOnlyMemory<byte> _first;

    // All frames where there are several.
    private readonly ReadOnlyMemory<byte>[]? _all;

    // An actor that hears what becomes of the message, an Activity, or a boxed ActivityContext. One field, because most messages have none.
    private readonly object? _attached;

    /// <summary>A message of one frame, which may be empty.</summary>
    public Message(ReadOnlyMemory<byte> frame)
    {
        _first = frame;
        if (Tracing.IsOn) _attached = Tracing.Current();
    }

    /// <summary>A message of one frame or more.</summary>
    /// <exception cref="ArgumentException">There is no frame.</exception>
    public Message(params ReadOnlyMemory<byte>[] frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.Length == 0) throw new ArgumentException("A message has at least one frame, but none was given.", nameof(frames));
        _first = frames[0];
        if (frames.Length > 1) _all = [.. frames];
        if (Tracing.IsOn) _attached = Tracing.Current();
    }

    private Message(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte>[]? all, object? attached)
    {
        _first = first;
        _all = all;
        _attached = attached;
    }

    /// <summary>A message of at least one frame; the array is handed over with them.</summary>
    internal static Message Of(ReadOnlyMemory<byte>[] all) => Of(all, null);

    /// <summary>A message of one frame that a socket has received: it belongs to no span of this process.</summary>
    internal static Message Received(ReadOnlyMemory<byte> frame) => new(frame, all: null, attached: null);

    /// <summary>
    /// The trace that the message belongs to, while somebody listens to the activity source <c>Actors</c>: that of the span that
    /// was current where the message was constructed, or, for a request that a reply role tells its handler, that of the
    /// request. Default where there is none. A request role makes its span a child of it.
    /// </summary>
    public ActivityContext Trace => _attached switch
    {
        Activity span => span.Context,
        ActivityContext context => context,
        _ => default,
    };

    /// <summary>The same message, as a part of that trace; default takes it out of any.</summary>
    public Message WithTrace(ActivityContext trace) =>
        trace == Trace ? this : new Message(_first, _all, trace == default ? null : trace);

    /// <summary>The span in which a reply role tells its handler this request; null for every other message.</summary>
    internal Activity? Span => _attached as Activity;

    /// <summary>The same message, in that span.</summary>
    internal Message In(Activity span) => new(_first, _all, span);

    /// <summary>The actor that hears when a ROUTER cannot deliver the message; null where nobody does.</summary>
    internal IActorRef? Sender => _attached as IActorRef;

    /// <summary>The same message, of which that actor hears when a ROUTER cannot deliver it.</summary>
    internal Message From(IActorRef sender) => new(_first, _all, sender);

    private static Message Of(ReadOnlyMemory<byte>[] all, object? attached) => new(all[0], all.Length > 1 ? all : null, attached);

    /// <summary>What a message that is made of this one takes over. The actor hears of this one only.</summary>
    private object? AttachedTrace => _attached is IActorRef ? null : _attached;

    /// <summary>All frames.</summary>
    internal ReadOnlySpan<ReadOnlyMemory<byte>> Frames => _all is null ? new ReadOnlySpan<ReadOnlyMemory<byte>>(in _first) : _all;

    /// <summary>The number of frames, at least 1.</summary>
    public int FrameCount => _all?.Length ?? 1;

    /// <summary>The frame at <paramref name="index"/>, counted from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The message has no such frame.</exception>
    public ReadOnlyMemory<byte> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, FrameCount);
            return _all is null ? _first : _all[index];
        }
    }

    /// <summary>The payload bytes of all frames together.</summary>
    public long Size
    {
        get
        {
            if (_all is null) return _first.Length;
            long size = 0;
            foreach (var frame in _all) size += frame.Length;
            return size;
        }
    }

    /// <summary>A message of the given texts, a frame each, in UTF-8.</summary>
    public static Message FromText(params string[] frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        return frames.Length == 1 ? new Message(Utf8.GetBytes(frames[0])) : new Message([.. frames.Select(frame => (ReadOnlyMemory<byte>)Utf8.GetBytes(frame))]);
    }

    /// <summary>The frame at <paramref name="index"/> read as UTF-8; bytes that are not UTF-8 become U+FFFD.</summary>
    public string Text(int index = 0) => Utf8.GetString(this[index].Span);

    /// <summary>This message behind one more frame, in the same trace.</summary>
    public Message Prepend(ReadOnlyMemory<byte> frame) =>
        Of([frame, .. Frames], AttachedTrace);

    /// <summary>The message without its first <paramref name="count"/> frames, in the same trace.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No frame would remain.</exception>
    public Message Skip(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(count, FrameCount);
        return count == 0 ? this : Of(_all![count..], AttachedTrace);
    }

    /// <summary>The first <paramref name="count"/> frames followed by the frames of <paramref name="body"/>.</summary>
    internal Message TakeThen(int count, Message body)
    {
        var frames = new ReadOnlyMemory<byte>[count + body.FrameCount];
        for (var i = 0; i < count; i++) frames[i] = this[i];
        for (var i = 0; i < body.FrameCount; i++) frames[count + i] = body[i];
        return Of(frames);
    }

    /// <summary>Two messages are equal when their frames hold the same bytes.</summary>
    public bool Equals(Message? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is null || other.FrameCount != FrameCount) return false;
        for (var i = 0; i < FrameCount; i++)
            if (!this[i].Span.SequenceEqual(other[i].Span)) return false;
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Message);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        for (var i = 0; i < FrameCount; i++) hash.AddBytes(this[i].Span);
        return hash.ToHashCode();
    }

    /// <summary>The frames as text where they are short printable UTF-8, else their length: for logs.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("Message(");
        for (var i = 0; i < FrameCount; i++)
        {
            if (i > 0) text.Append(", ");
            var frame = this[i];
            var shown = frame.Length <= 64 ? Text(i) : null;
            if (shown is not null && !shown.Any(c => char.IsControl(c) || c == '\uFFFD')) text.Append('"').Append(shown).Append('"');
            else text.Append(frame.Length).Append(" bytes");
        }
        return text.Append(')').ToString();
    }
}
