using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Actors.Grains.Calls;

/// <summary>Reads and writes arguments, results and states as JSON. Used by generated code.</summary>
/// <remarks>
/// Property names are in camel case. The metadata of a type comes from the contexts that the app gives
/// (<c>JsonSerializerContext</c>); for a type that none of them knows, it is reflected once.
/// </remarks>
public sealed class GrainJson
{
    internal GrainJson(params IEnumerable<IJsonTypeInfoResolver> resolvers)
    {
        Options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        foreach (var resolver in resolvers) Options.TypeInfoResolverChain.Add(resolver);
        if (JsonSerializer.IsReflectionEnabledByDefault) Options.TypeInfoResolverChain.Add(new DefaultJsonTypeInfoResolver());
        Options.MakeReadOnly();
    }

    internal JsonSerializerOptions Options { get; }

    // Larger ones are not kept, so that a thread does not hold on to the memory of one large result.
    private const int MostKept = 64 * 1024;

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? t_writer;

    /// <summary>A value as octets. A thread writes all of its values by one writer, because a new one costs more than most results.</summary>
    internal ReadOnlyMemory<byte> Octets<T>(T value)
    {
        // A converter that comes here again finds none, and makes another.
        var (buffer, writer) = t_writer ?? NewWriter();
        t_writer = null;
        Write(writer, value);
        writer.Flush();
        var octets = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity > MostKept) return octets;
        buffer.ResetWrittenCount();
        writer.Reset();
        t_writer = (buffer, writer);
        return octets;
    }

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer) NewWriter()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        return (buffer, new Utf8JsonWriter(buffer));
    }

    /// <summary>Writes a value.</summary>
    public void Write<T>(Utf8JsonWriter writer, T value) => JsonSerializer.Serialize(writer, value, Type<T>());

    /// <summary>Reads the next value of an array of arguments.</summary>
    /// <param name="reader">In front of the value.</param>
    /// <param name="parameter">The parameter's name, for errors.</param>
    /// <exception cref="JsonException">The value is missing, or not one of this type.</exception>
    public T Next<T>(ref Utf8JsonReader reader, string parameter)
    {
        if (!reader.Read() || reader.TokenType == JsonTokenType.EndArray) throw new JsonException($"the argument \"{parameter}\" is missing");
        return Read<T>(ref reader, parameter);
    }

    /// <summary>Reads the next value of an array of arguments, or takes a default when the array ends before it.</summary>
    public T Next<T>(ref Utf8JsonReader reader, string parameter, T orElse)
    {
        // Behind the array's end, a reader stays there.
        if (IsAtEnd(in reader) || !reader.Read() || reader.TokenType == JsonTokenType.EndArray) return orElse;
        return Read<T>(ref reader, parameter);
    }

    /// <summary>Reads a result.</summary>
    public T Read<T>(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Type<T>())!;

    /// <summary>Whether the array of arguments has ended; an argument that is an array itself ends deeper.</summary>
    internal static bool IsAtEnd(in Utf8JsonReader reader) => reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == 0;

    private T Read<T>(ref Utf8JsonReader reader, string parameter)
    {
        try
        {
            return JsonSerializer.Deserialize(ref reader, Type<T>())!;
        }
        catch (JsonException wrong)
        {
            throw new JsonException($"the argument \"{parameter}\": {wrong.Message}", wrong);
        }
    }

    private JsonTypeInfo<T> Type<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
}
