using System.Buffers;
using System.Text.Unicode;
using Actors.Transport;

namespace Actors.Grains.Gateway;

/// <summary>The body of a request: the four frames of the bare form, or the two of the full one.</summary>
internal readonly record struct CallRequest(CallFrame Call, ReadOnlyMemory<byte> Arguments)
{
    private const int BareFrames = 4;
    private const int FullFrames = 2;

    private static readonly SearchValues<byte> s_inNames = SearchValues.Create([.. "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"u8, .. Enumerable.Range(0x80, 0x80).Select(octet => (byte)octet)]);

    /// <summary>Whether an interface can have a method of this name. What it cannot have, nodes call among themselves.</summary>
    public bool IsMethodName => !Call.Method.Span.ContainsAnyExcept(s_inNames);

    /// <summary>Reads a request.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="first">The index of the first frame behind the delimiter.</param>
    /// <param name="request">The request.</param>
    /// <returns>What is wrong with it; null when it is read. The key may be empty.</returns>
    public static string? Read(Message message, int first, out CallRequest request)
    {
        request = default;
        CallFrame call;
        switch (message.FrameCount - first)
        {
            case BareFrames:
                call = new CallFrame { Kind = message[first], Key = message[first + 1], Method = message[first + 2] };
                break;
            case FullFrames:
                if (CallFrame.Read(message[first], out call) is { } fault) return fault;
                break;
            default:
                return $"{message.FrameCount - first} frames behind the empty one: expected kind, key, method and arguments, or a call frame and arguments";
        }
        request = new CallRequest(call, message[message.FrameCount - 1]);
        return NameFault("kind", call.Kind) ?? NameFault("method", call.Method) ?? (Utf8.IsValid(call.Key.Span) ? null : "the key is not UTF-8");
    }

    private static string? NameFault(string what, ReadOnlyMemory<byte> name) =>
        name.Length is 0 or > CallFrame.MaxName ? $"the {what} has {name.Length} octets: expected 1 to {CallFrame.MaxName}"
        : Utf8.IsValid(name.Span) ? null
        : $"the {what} is not UTF-8";
}
