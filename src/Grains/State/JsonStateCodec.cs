using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Grains.Calls;

namespace Actors.Grains.State;

/// <summary>A state as JSON, by the app's contexts.</summary>
internal sealed class JsonStateCodec<T>(GrainJson json) : IStateCodec<T>
{
    private readonly JsonTypeInfo<T> _type = (JsonTypeInfo<T>)json.Options.GetTypeInfo(typeof(T));

    public ReadOnlyMemory<byte> Write(T state) => JsonSerializer.SerializeToUtf8Bytes(state, _type);

    public T Read(ReadOnlyMemory<byte> bytes) => JsonSerializer.Deserialize(bytes.Span, _type) ?? throw new GrainStoreException($"the stored state is null: expected a {typeof(T).Name} as JSON");
}
