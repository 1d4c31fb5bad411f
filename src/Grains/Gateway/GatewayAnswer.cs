using System.Text;
using Actors.Transport;

namespace Actors.Grains.Gateway;

/// <summary>The messages that answer a call: docs/protocols/grains.md, sections 5 and 7.</summary>
internal static class GatewayAnswer
{
    /// <summary>Characters of an error's text, beyond which it is cut.</summary>
    public const int MaxText = 1000;

    private static readonly ReadOnlyMemory<byte> s_result = new byte[] { 0 };
    private static readonly ReadOnlyMemory<byte> s_error = new byte[] { 1 };
    private static readonly ReadOnlyMemory<byte>[] s_words = [.. Enum.GetValues<GrainError>().Select(error => (ReadOnlyMemory<byte>)Encoding.ASCII.GetBytes(error.Word()))];

    /// <summary>The result, as JSON.</summary>
    public static Message Result(ReceivedRequest request, ReadOnlyMemory<byte> json) => Behind(request, s_result, json, default, 2);

    /// <summary>An error, or, where the request bears an id and another try may end better, its refusal.</summary>
    public static Message Error(ReceivedRequest request, GrainError error, string text)
    {
        var shown = text.Length > MaxText ? $"{text.AsSpan(0, MaxText)}..." : text;
        return request.Id is not null && RefusalOf(error) is { } code
            ? request.Refuse(new Refusal(code, $"{error.Word()}: {shown}"))
            : Behind(request, s_error, s_words[(int)error], Encoding.UTF8.GetBytes(shown), 3);
    }

    /// <summary>Null for an error that every try would have.</summary>
    public static RefusalCode? RefusalOf(GrainError error) => error switch
    {
        GrainError.Overloaded => RefusalCode.Overload,
        GrainError.NoNode => RefusalCode.Lost,
        GrainError.Timeout => RefusalCode.Expired,
        GrainError.Fenced => RefusalCode.Failed,
        _ => null,
    };

    private static Message Behind(ReceivedRequest request, ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second, ReadOnlyMemory<byte> third, int count)
    {
        var envelope = request.Envelope;
        var frames = new ReadOnlyMemory<byte>[envelope.Length + 1 + count];
        envelope.CopyTo(frames);
        // The delimiter is the empty frame that the array has already.
        var at = envelope.Length + 1;
        frames[at] = first;
        frames[at + 1] = second;
        if (count > 2) frames[at + 2] = third;
        return Message.Of(frames);
    }
}
