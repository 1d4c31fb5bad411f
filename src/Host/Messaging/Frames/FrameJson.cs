using System.Text;
using System.Text.Json;
using Actors.Host.Commands;

namespace Actors.Host.Messaging.Frames;

/// <summary>
/// Messages as JSON, a line each: <c>{"at":"2026-01-31T12:00:00.000Z","frames":["text",{"hex":"00FF"}]}</c>. A frame that is UTF-8 is a
/// string; another one is in hex. What <c>recv --format json</c> writes, <c>send --input json</c> reads.
/// </summary>
internal static class FrameJson
{
    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);
    private static readonly JsonWriterOptions s_options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a message without a line end.</summary>
    public static void Write(Stream output, IReadOnlyList<ReadOnlyMemory<byte>> frames, DateTimeOffset at)
    {
        using var json = new Utf8JsonWriter(output, s_options);
        json.WriteStartObject();
        json.WriteString("at"u8, at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteStartArray("frames"u8);
        foreach (var frame in frames)
        {
            if (Text(frame.Span) is { } text)
            {
                json.WriteStringValue(text);
                continue;
            }
            json.WriteStartObject();
            json.WriteString("hex"u8, Convert.ToHexString(frame.Span));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads a message: an object with <c>frames</c>, an array of frames, or one string.</summary>
    /// <exception cref="ToolException">The line is not that.</exception>
    public static ReadOnlyMemory<byte>[] Read(ReadOnlyMemory<byte> line, long number)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("frames"u8, out var frames)) root = frames;
            ReadOnlyMemory<byte>[] message = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray().Select(Frame)] : [Frame(root)];
            return message.Length > 0 ? message : throw new FormatException("there are no frames");
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            throw new ToolException($"line {number} of the input is no message in JSON: {fault.Message}; expected {{\"frames\":[\"text\",{{\"hex\":\"00FF\"}}]}}");
        }
    }

    private static ReadOnlyMemory<byte> Frame(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => Encoding.UTF8.GetBytes(element.GetString()!),
        JsonValueKind.Object when element.TryGetProperty("hex"u8, out var hex) && hex.ValueKind == JsonValueKind.String => Convert.FromHexString(hex.GetString()!),
        _ => throw new FormatException($"a frame is {element.ValueKind}"),
    };

    /// <summary>The text of a frame; null where it is not UTF-8.</summary>
    private static string? Text(ReadOnlySpan<byte> frame)
    {
        try
        {
            return s_strict.GetString(frame);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
