using System.Diagnostics.CodeAnalysis;
using System.Text;
using Actors.Transport;

namespace Actors;

/// <summary>Why there is no reply: docs/protocols/request-reply.md, section 7.</summary>
/// <param name="Code">The reason for the client.</param>
/// <param name="Reason">The reason for people.</param>
internal sealed record Refusal(RefusalCode Code, string Reason)
{
    /// <summary>The frames behind the delimiter.</summary>
    public Message ToBody() => new(new[] { (byte)Code }, Encoding.UTF8.GetBytes(Reason));

    /// <param name="message">The message as it was received.</param>
    /// <param name="code">The index of the frame with the code.</param>
    /// <param name="refusal">The refusal.</param>
    public static bool TryRead(Message message, int code, [NotNullWhen(true)] out Refusal? refusal)
    {
        refusal = message.FrameCount == code + 2 && message[code].Length == 1
            ? new Refusal((RefusalCode)message[code].Span[0], message.Text(code + 1))
            : null;
        return refusal is not null;
    }
}

/// <summary>Why there is no reply. The values are those on the wire.</summary>
internal enum RefusalCode : byte
{
    /// <summary>Too many requests wait.</summary>
    Overload = 1,

    /// <summary>The server that had the request is gone, and may have done the work.</summary>
    Lost = 2,

    /// <summary>Nobody answered within the time that the queue gives a request.</summary>
    Expired = 3,

    /// <summary>The server could not do the work.</summary>
    Failed = 4,
}
