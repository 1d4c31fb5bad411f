using System.Text.Json.Serialization;

namespace Actors.Host.Probe;

/// <summary>How a round trip was measured. The names, in lower case, are the words of the probe's JSON.</summary>
internal enum RoundTripKind
{
    /// <summary>PING and PONG of ZMTP 3.1, the median of some.</summary>
    Ping,

    /// <summary>From this end's greeting to the rest of the peer's.</summary>
    Greeting,

    /// <summary>The upgrade of an HTTP connection to a WebSocket.</summary>
    Upgrade,
}

/// <summary>What a probe found out. Null where it did not come so far.</summary>
internal sealed record ProbeReport
{
    /// <summary>The endpoint as it was given.</summary>
    public required string Endpoint { get; init; }

    public required ProbeOutcome Outcome { get; init; }

    /// <summary>What was found, in a sentence or two.</summary>
    public required string Sentence { get; init; }

    /// <summary>The address that was connected to.</summary>
    public string? Address { get; init; }

    /// <summary>The revision of ZMTP that the peer announces, as "3.1".</summary>
    public string? Zmtp { get; init; }

    /// <summary>The security mechanism that the peer announces.</summary>
    public string? Mechanism { get; init; }

    /// <summary>The peer's socket type as ZMTP names it.</summary>
    public string? SocketType { get; init; }

    /// <summary>The socket types that the peer may have, where finding out would take messages from it.</summary>
    public IReadOnlyList<string>? PossibleSocketTypes { get; init; }

    /// <summary>The identity that the peer tells, as text or as 0x and hexadecimal digits.</summary>
    public string? Identity { get; init; }

    /// <summary>The other properties that the peer tells.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>What answers in place of ZMTP.</summary>
    public string? LooksLike { get; init; }

    /// <summary>Seconds from the first packet to the connection.</summary>
    public double? ConnectSeconds { get; init; }

    /// <summary>Seconds for a message to the peer and back.</summary>
    public double? RoundTripSeconds { get; init; }

    public RoundTripKind? RoundTripBy { get; init; }

    /// <summary>A ZMTP socket answers, and lets this end in.</summary>
    [JsonInclude]
    public bool Ok => Outcome == ProbeOutcome.Answers;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(KebabConverter<ProbeOutcome>), typeof(KebabConverter<RoundTripKind>)])]
[JsonSerializable(typeof(ProbeReport))]
internal sealed partial class ProbeJson : JsonSerializerContext;

/// <summary>An enum as its name in lower case with hyphens.</summary>
internal sealed class KebabConverter<T>() : JsonStringEnumConverter<T>(System.Text.Json.JsonNamingPolicy.KebabCaseLower)
    where T : struct, Enum;
