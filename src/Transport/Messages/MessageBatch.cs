using System.Collections;

namespace Actors.Transport;

/// <summary>
/// Messages that one actor tells another at once, in their order: a role that sends takes a batch as it takes so many single
/// messages, and pays for one instead of for each.
/// </summary>
/// <remarks>
/// The messages are not copied: who builds a batch from an array hands the array over and does not write to it again. Nothing
/// of a batch is seen on the wire. Immutable; safe to share between threads and actors.
/// </remarks>
public sealed class MessageBatch : IReadOnlyList<Message>
{
    private readonly ReadOnlyMemory<Message> _messages;

    /// <summary>A batch of these messages.</summary>
    /// <exception cref="ArgumentException">There is no message, or one of them is null.</exception>
    public MessageBatch(params Message[] messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (messages.Length == 0) throw new ArgumentException("A batch has at least one message, but none was given.", nameof(messages));
        if (Array.IndexOf(messages, null) is >= 0 and var index) throw new ArgumentException($"The message at {index} is null.", nameof(messages));
        _messages = messages;
    }

    private MessageBatch(ReadOnlyMemory<Message> messages) => _messages = messages;

    /// <summary>How many messages there are, at least 1.</summary>
    public int Count => _messages.Length;

    /// <summary>The message at <paramref name="index"/>, counted from 0.</summary>
    public Message this[int index] => _messages.Span[index];

    internal ReadOnlySpan<Message> Messages => _messages.Span;

    /// <inheritdoc/>
    public IEnumerator<Message> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>These messages as a batch: themselves where they are one.</summary>
    internal static MessageBatch Of(IReadOnlyList<Message> messages) => messages as MessageBatch ?? new MessageBatch((messages as Message[] ?? [.. messages]).AsMemory());

    /// <summary>The first messages, without a copy.</summary>
    internal MessageBatch First(int count) => count == Count ? this : new MessageBatch(_messages[..count]);
}
