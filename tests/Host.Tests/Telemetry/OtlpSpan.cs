using System.Buffers.Binary;
using System.Text;

namespace Host.Tests.Telemetry;

/// <summary>A span as a collector gets it: opentelemetry/proto/trace/v1/trace.proto.</summary>
/// <param name="Source">The name of the activity source.</param>
/// <param name="Name">The span's name.</param>
/// <param name="Kind">2 is a server's, 3 a client's.</param>
/// <param name="Trace">The trace's id in hex.</param>
/// <param name="Id">The span's id in hex.</param>
/// <param name="Parent">The parent's id in hex; empty where there is none.</param>
/// <param name="IsError">Whether its status is an error.</param>
/// <param name="Tags">Its attributes that are texts.</param>
internal sealed record OtlpSpan(string Source, string Name, int Kind, string Trace, string Id, string Parent, bool IsError, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>Reads an ExportTraceServiceRequest.</summary>
    public static IEnumerable<OtlpSpan> Read(ReadOnlyMemory<byte> body)
    {
        foreach (var resource in Messages(body, 1))
        {
            foreach (var scope in Messages(resource, 2))
            {
                var source = Messages(scope, 1).SelectMany(named => Messages(named, 1)).Select(Text).FirstOrDefault("");
                foreach (var span in Messages(scope, 2)) yield return Of(source, span);
            }
        }
    }

    private static OtlpSpan Of(string source, ReadOnlyMemory<byte> span) => new(
        source,
        Messages(span, 5).Select(Text).FirstOrDefault(""),
        (int)Number(span, 6),
        Messages(span, 1).Select(Hex).FirstOrDefault(""),
        Messages(span, 2).Select(Hex).FirstOrDefault(""),
        Messages(span, 4).Select(Hex).FirstOrDefault(""),
        Messages(span, 15).Any(status => Number(status, 3) == 2),
        Messages(span, 9).ToDictionary(tag => Text(Messages(tag, 1).First()), tag => Messages(tag, 2).SelectMany(value => Messages(value, 1)).Select(Text).FirstOrDefault("")));

    private static string Text(ReadOnlyMemory<byte> octets) => Encoding.UTF8.GetString(octets.Span);

    private static string Hex(ReadOnlyMemory<byte> octets) => Convert.ToHexStringLower(octets.Span);

    private static IEnumerable<ReadOnlyMemory<byte>> Messages(ReadOnlyMemory<byte> message, int field) =>
        Fields(message).Where(one => one.Field == field && one.IsMessage).Select(one => one.Octets);

    private static ulong Number(ReadOnlyMemory<byte> message, int field) => Fields(message).Where(one => one.Field == field && !one.IsMessage).Select(one => one.Number).FirstOrDefault();

    /// <summary>The fields of a message of protocol buffers.</summary>
    private static List<(int Field, bool IsMessage, ulong Number, ReadOnlyMemory<byte> Octets)> Fields(ReadOnlyMemory<byte> message)
    {
        var fields = new List<(int, bool, ulong, ReadOnlyMemory<byte>)>();
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message.Span, ref at);
            var field = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    fields.Add((field, false, Varint(message.Span, ref at), default));
                    break;
                case 1:
                    fields.Add((field, false, BinaryPrimitives.ReadUInt64LittleEndian(message.Span[at..]), default));
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message.Span, ref at);
                    fields.Add((field, true, 0, message.Slice(at, length)));
                    at += length;
                    break;
                case 5:
                    fields.Add((field, false, BinaryPrimitives.ReadUInt32LittleEndian(message.Span[at..]), default));
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"field {field} has the wire type {key & 7}: expected 0, 1, 2 or 5");
            }
        }
        return fields;
    }

    private static ulong Varint(ReadOnlySpan<byte> octets, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var octet = octets[at++];
            value |= (ulong)(octet & 0x7F) << shift;
            if (octet < 0x80) return value;
        }
    }
}
