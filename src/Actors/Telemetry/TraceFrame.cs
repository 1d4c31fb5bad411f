using System.Diagnostics;
using System.Text;

namespace Actors;

/// <summary>The frame that carries the trace of an identified request: docs/protocols/request-reply.md, section 8.</summary>
internal static class TraceFrame
{
    /// <summary>Octets of a tracestate, beyond which it is left out: what the recommendation has every receiver take.</summary>
    public const int MaxState = 512;

    private const int Header = 4;

    private static ReadOnlySpan<byte> Signature => [0, (byte)'T', (byte)'C', 1];

    /// <summary>Whether the frame is to be read as one, well-formed or not.</summary>
    public static bool IsTrace(ReadOnlySpan<byte> frame) => frame.StartsWith(Signature);

    /// <summary>The context in the frame; default when it is malformed, or no such frame.</summary>
    public static ActivityContext Read(ReadOnlySpan<byte> frame)
    {
        if (!IsTrace(frame) || frame.Length < Header + TraceContext.Length) return default;
        return TraceContext.Read(frame[Header..], StateOf(frame[(Header + TraceContext.Length)..]));
    }

    /// <param name="context">A context with ids.</param>
    public static byte[] Write(ActivityContext context)
    {
        var state = context.TraceState is { Length: > 0 and <= MaxState } text && IsPrintable(text) ? text : "";
        var frame = new byte[Header + TraceContext.Length + state.Length];
        Signature.CopyTo(frame);
        TraceContext.Write(context, frame.AsSpan(Header));
        Encoding.ASCII.GetBytes(state, frame.AsSpan(Header + TraceContext.Length));
        return frame;
    }

    /// <summary>A tracestate that cannot be read does not cost the ids, as the recommendation says.</summary>
    private static string? StateOf(ReadOnlySpan<byte> octets) =>
        octets.Length is 0 or > MaxState || octets.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? null : Encoding.ASCII.GetString(octets);

    private static bool IsPrintable(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
