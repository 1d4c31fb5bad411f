using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Host.Status;

/// <summary>The JSON of <see cref="HostStatus"/>: names and states in camel case; what is null is absent.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(CamelCase<HostState>), typeof(CamelCase<RoleState>)])]
[JsonSerializable(typeof(HostStatus))]
internal sealed partial class StatusJson : JsonSerializerContext;

/// <summary>The words of an enumeration in camel case.</summary>
internal sealed class CamelCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
