using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Actors.Host.Http.Events;

/// <summary>One event of a stream of type text/event-stream, as bytes.</summary>
internal static class ServerSentEvent
{
    /// <summary>An event with a name and JSON, which has no line breaks of its own.</summary>
    public static byte[] Of<T>(string name, T value, JsonTypeInfo<T> type) =>
        [.. "event: "u8, .. System.Text.Encoding.ASCII.GetBytes(name), .. "\ndata: "u8, .. JsonSerializer.SerializeToUtf8Bytes(value, type), .. "\n\n"u8];
}
