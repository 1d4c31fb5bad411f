using System.Diagnostics;

namespace Actors;

/// <summary>A W3C trace context in 25 octets, as our protocols carry it: trace id (16), parent id (8), trace flags (1).</summary>
internal static class TraceContext
{
    public const int Length = 25;

    private const int ParentAt = 16;
    private const int FlagsAt = 24;

    /// <summary>Reads the context of a peer. One with an id of zeros counts as none, as the recommendation says.</summary>
    /// <param name="octets">25 octets.</param>
    /// <param name="state">The tracestate that came with it.</param>
    public static ActivityContext Read(ReadOnlySpan<byte> octets, string? state = null)
    {
        var trace = octets[..ParentAt];
        var parent = octets[ParentAt..FlagsAt];
        if (!trace.ContainsAnyExcept((byte)0) || !parent.ContainsAnyExcept((byte)0)) return default;
        return new ActivityContext(ActivityTraceId.CreateFromBytes(trace), ActivitySpanId.CreateFromBytes(parent), (ActivityTraceFlags)octets[FlagsAt] & ActivityTraceFlags.Recorded, state, isRemote: true);
    }

    /// <param name="context">A context with ids.</param>
    /// <param name="octets">At least 25 octets.</param>
    public static void Write(ActivityContext context, Span<byte> octets)
    {
        context.TraceId.CopyTo(octets[..ParentAt]);
        context.SpanId.CopyTo(octets[ParentAt..FlagsAt]);
        octets[FlagsAt] = (byte)(context.TraceFlags & ActivityTraceFlags.Recorded);
    }
}
