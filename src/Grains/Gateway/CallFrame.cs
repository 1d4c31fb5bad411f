using System.Buffers.Binary;
using System.Diagnostics;

namespace Actors.Grains.Gateway;

/// <summary>What a client asks for, before any name is looked up: docs/protocols/grains.md, sections 3 and 4.</summary>
internal readonly record struct CallFrame
{
    /// <summary>The version that this end speaks.</summary>
    public const byte Version = 1;

    /// <summary>Octets of a kind's or a method's name, in both forms.</summary>
    public const int MaxName = 255;

    private const byte HasTrace = 1;

    public ReadOnlyMemory<byte> Kind { get; init; }

    public ReadOnlyMemory<byte> Key { get; init; }

    public ReadOnlyMemory<byte> Method { get; init; }

    /// <summary>Null when the client leaves it to the gateway.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>The client's span; default when it sends none.</summary>
    public ActivityContext Trace { get; init; }

    /// <summary>Reads the call frame of the full form.</summary>
    /// <returns>What is wrong with it; null when it is read.</returns>
    public static string? Read(ReadOnlyMemory<byte> frame, out CallFrame call)
    {
        call = default;
        var octets = frame.Span;
        if (octets.Length < 8) return $"the call frame has {octets.Length} octets: expected 11 or more";
        if (octets[0] != 'G' || octets[1] != 'C') return $"the call frame begins with {Convert.ToHexString(octets[..2])}: expected 4743";
        if (octets[2] != Version) return $"the call frame has version {octets[2]}: expected {Version}";
        var flags = octets[3];
        if ((flags & ~HasTrace) != 0) return $"the call frame has the flags {flags:x2}: expected 00 or 01";
        var milliseconds = BinaryPrimitives.ReadUInt32BigEndian(octets[4..]);
        var at = 8;
        var trace = default(ActivityContext);
        if ((flags & HasTrace) != 0)
        {
            if (octets.Length < at + TraceContext.Length) return $"the call frame ends within its trace context, after {octets.Length} octets";
            trace = TraceContext.Read(octets.Slice(at, TraceContext.Length));
            at += TraceContext.Length;
        }
        if (Take(frame, ref at, sizeof(byte), "kind", out var kind) is { } noKind) return noKind;
        if (Take(frame, ref at, sizeof(uint), "key", out var key) is { } noKey) return noKey;
        if (Take(frame, ref at, sizeof(byte), "method", out var method) is { } noMethod) return noMethod;
        if (at != octets.Length) return $"the call frame has {octets.Length - at} octets behind the method: expected none";
        call = new CallFrame { Kind = kind, Key = key, Method = method, Remaining = milliseconds == 0 ? null : TimeSpan.FromMilliseconds(milliseconds), Trace = trace };
        return null;
    }

    private static string? Take(ReadOnlyMemory<byte> frame, ref int at, int lengthOctets, string what, out ReadOnlyMemory<byte> taken)
    {
        taken = default;
        var rest = frame.Span[at..];
        if (rest.Length < lengthOctets) return $"the call frame ends in front of the length of its {what}, after {frame.Length} octets";
        var length = lengthOctets == 1 ? rest[0] : BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - lengthOctets) return $"the call frame ends within its {what}, after {frame.Length} octets: expected {length} octets of it";
        taken = frame.Slice(at + lengthOctets, (int)length);
        at += lengthOctets + (int)length;
        return null;
    }
}
