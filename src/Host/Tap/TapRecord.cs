using System.Text.Json.Serialization;

namespace Actors.Host.Tap;

/// <summary>A frame as a tap shows it: text where it is UTF-8 that prints, otherwise hexadecimal digits.</summary>
/// <param name="Size">Its bytes.</param>
/// <param name="Text">Its beginning as text.</param>
/// <param name="Hex">Its beginning as hexadecimal digits.</param>
/// <param name="Cut">Bytes that are not shown; null for none.</param>
internal sealed record TapFrame(int Size, string? Text, string? Hex, int? Cut);

/// <summary>What passed a tap: a line of <c>--output json</c>.</summary>
/// <param name="Time">When it was passed on.</param>
/// <param name="Kind"><c>message</c>, <c>subscribe</c>, <c>cancel</c>, <c>dropped</c> or <c>unroutable</c>.</param>
/// <param name="Direction"><c>forward</c> from the bound end to the one that connects, or <c>backward</c>.</param>
/// <param name="Peer">The address of who sent it, where that is known.</param>
/// <param name="RoutingId">Of the peer, where one end is a ROUTER.</param>
/// <param name="Size">Bytes of the frames together, without the routing id.</param>
/// <param name="Frames">The frames, without the routing id; null for a subscription or a drop.</param>
/// <param name="Topic">The topic of a subscription.</param>
/// <param name="Count">Messages that an end dropped.</param>
internal sealed record TapRecord(
    DateTimeOffset Time,
    string Kind,
    string Direction,
    string? Peer = null,
    string? RoutingId = null,
    long? Size = null,
    IReadOnlyList<TapFrame>? Frames = null,
    TapFrame? Topic = null,
    long? Count = null);

/// <summary>What <c>--output json</c> prints last.</summary>
/// <param name="Forward">Messages from the bound end.</param>
/// <param name="Backward">Messages from the end that connects.</param>
/// <param name="ForwardBytes">Their bytes.</param>
/// <param name="BackwardBytes">Their bytes.</param>
/// <param name="Dropped">Messages that an end dropped for a full peer, or for one that has gone.</param>
/// <param name="Undelivered">Messages that had come and could not be passed on before the end.</param>
internal sealed record TapSummary(long Forward, long Backward, long ForwardBytes, long BackwardBytes, long Dropped, long Undelivered);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TapRecord))]
[JsonSerializable(typeof(TapSummary))]
internal sealed partial class TapJson : JsonSerializerContext;
