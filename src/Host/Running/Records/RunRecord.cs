using System.Text.Json.Serialization;
using Actors.Host.Status;

namespace Actors.Host.Running.Records;

/// <summary>The host has started: its status then, as <c>ps --output json</c> has it. The first object, unless the file has mistakes or warnings.</summary>
/// <param name="Event"><c>started</c>.</param>
/// <param name="Version">Of the form of the status.</param>
/// <param name="At">When.</param>
/// <param name="Host">The process.</param>
/// <param name="Roles">With the endpoints in force, so real ports.</param>
/// <param name="Grains">Null where the host has none.</param>
internal sealed record StartedRecord(string Event, int Version, DateTimeOffset At, HostReport Host, IReadOnlyList<RoleReport> Roles, GrainsReport? Grains);

/// <summary>A line that a handler or a source has printed.</summary>
/// <param name="Event"><c>output</c>.</param>
/// <param name="Text">The line, as it would be on standard output.</param>
internal sealed record OutputRecord(string Event, string Text);

/// <summary>Something that is wrong or doubtful.</summary>
/// <param name="Event"><c>error</c> or <c>warning</c>.</param>
/// <param name="Message">What it is.</param>
internal sealed record FaultRecord(string Event, string Message)
{
    /// <summary>The file or option that has it; null for what is in no file.</summary>
    public string? File { get; init; }

    public int? Line { get; init; }

    public int? Column { get; init; }

    public string? Key { get; init; }

    /// <summary>The role that it is about; null where it is about none.</summary>
    public string? Role { get; init; }

    /// <summary>Messages that the role had and did not deliver or work on.</summary>
    public long? Undelivered { get; init; }

    /// <summary>Requests of the role that had no reply.</summary>
    public long? FailedRequests { get; init; }
}

/// <summary>Messages were dropped: the sum since the last of these.</summary>
/// <param name="Event"><c>dropped</c>.</param>
/// <param name="Source">The role, or its socket with a dot between.</param>
/// <param name="Count">How many.</param>
/// <param name="Reason">The word that a status has for it.</param>
internal sealed record DroppedRecord(string Event, string Source, long Count, string Reason);

/// <summary>The host has ended. The last object.</summary>
/// <param name="Event"><c>ended</c>.</param>
/// <param name="At">When.</param>
/// <param name="ExitCode">Of the process.</param>
internal sealed record EndedRecord(string Event, DateTimeOffset At, int ExitCode);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(CamelCase<HostState>), typeof(CamelCase<RoleState>)])]
[JsonSerializable(typeof(StartedRecord))]
[JsonSerializable(typeof(OutputRecord))]
[JsonSerializable(typeof(FaultRecord))]
[JsonSerializable(typeof(DroppedRecord))]
[JsonSerializable(typeof(EndedRecord))]
internal sealed partial class RunJson : JsonSerializerContext;
