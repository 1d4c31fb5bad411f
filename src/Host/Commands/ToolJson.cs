using System.Text.Json.Serialization;

namespace Actors.Host.Commands;

/// <summary>The documents of <c>--output json</c> of the verbs in this folder. A folder of verbs has a context of its own.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NewKeyPair))]
[JsonSerializable(typeof(CompletionScript))]
[JsonSerializable(typeof(KeyList))]
[JsonSerializable(typeof(CheckDocument))]
internal sealed partial class ToolJson : JsonSerializerContext;
