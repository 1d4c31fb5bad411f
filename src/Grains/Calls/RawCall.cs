using System.Text.Json;

namespace Actors.Grains.Calls;

/// <summary>A call by a name and arguments that this node does not know, because it has no grains of the kind: it passes them on.</summary>
internal sealed class RawCall(ReadOnlyMemory<byte> arguments) : GrainCall<ReadOnlyMemory<byte>>
{
    protected internal override void WriteArguments(Utf8JsonWriter writer, GrainJson json) => throw new NotSupportedException();

    protected internal override void ReadArguments(ref Utf8JsonReader reader, GrainJson json) => throw new NotSupportedException();

    protected internal override ValueTask<ReadOnlyMemory<byte>> Invoke(object grain, CancellationToken cancel) =>
        throw new GrainException(GrainError.UnknownMethod, $"{Target} {Method.Name}: this node does not know the method");

    /// <summary>A JSON array.</summary>
    public ReadOnlyMemory<byte> Arguments => arguments;

    private protected override ReadOnlyMemory<byte> Json(ReadOnlyMemory<byte> result) => result;

    private protected override ReadOnlyMemory<byte> Read(ReadOnlyMemory<byte> json) => json;
}
