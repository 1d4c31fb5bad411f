using System.Text.Json.Serialization;
using Actors.Host.Status;

namespace Actors.Host.Control;

/// <summary>A request at the control socket: docs/protocols/control.md.</summary>
/// <param name="Version">1.</param>
/// <param name="Verb">One of <see cref="ControlVerbs"/>.</param>
internal sealed record ControlRequest(int Version, string Verb)
{
    /// <summary>The version that this program speaks.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The role that it is about.</summary>
    public string? Role { get; init; }

    /// <summary>The log level to set: off, error, warning, info or debug.</summary>
    public string? Level { get; init; }
}

/// <summary>The words of the requests.</summary>
internal static class ControlVerbs
{
    public const string Status = "status";
    public const string Drain = "drain";
    public const string Reload = "reload";
    public const string LogLevel = "log-level";
    public const string Stop = "stop";

    public static readonly IReadOnlyList<string> All = [Status, Drain, Reload, LogLevel, Stop];
}

/// <summary>The reply to a request: either an error, or what the verb answers.</summary>
/// <param name="Version">1.</param>
internal sealed record ControlReply(int Version)
{
    public ControlError? Error { get; init; }

    public HostStatus? Status { get; init; }

    public DrainReport? Drained { get; init; }

    public ReloadReport? Reloaded { get; init; }

    public LogLevelReport? LogLevel { get; init; }

    /// <summary>True in the reply to <c>stop</c>: the host has begun to stop.</summary>
    public bool? Stopping { get; init; }

    public static ControlReply New() => new(ControlRequest.CurrentVersion);

    public static ControlReply Failed(string code, string message, IReadOnlyList<string>? details = null) => New() with { Error = new ControlError(code, message) { Details = details } };
}

/// <summary>Why a request was not fulfilled. Nothing was changed.</summary>
/// <param name="Code">A word of <see cref="ControlErrors"/>.</param>
/// <param name="Message">For people.</param>
internal sealed record ControlError(string Code, string Message)
{
    /// <summary>Each mistake or each thing that was refused, where there are several.</summary>
    public IReadOnlyList<string>? Details { get; init; }
}

/// <summary>The codes of errors.</summary>
internal static class ControlErrors
{
    /// <summary>No JSON, or not the fields that the verb needs.</summary>
    public const string Malformed = "malformed";

    /// <summary>Another version than this host speaks.</summary>
    public const string Version = "version";

    /// <summary>There is no such verb.</summary>
    public const string UnknownVerb = "unknown-verb";

    /// <summary>There is no such role.</summary>
    public const string UnknownRole = "unknown-role";

    /// <summary>The host starts, stops, or is at another drain or reload.</summary>
    public const string Busy = "busy";

    /// <summary>The file has mistakes.</summary>
    public const string Configuration = "configuration";

    /// <summary>The file asks for what only a new start can change.</summary>
    public const string NeedsRestart = "needs-restart";

    /// <summary>The host failed at it.</summary>
    public const string Failed = "failed";
}

/// <summary>What became of a role that was drained. It has stopped.</summary>
/// <param name="Role">Its name.</param>
/// <param name="Undelivered">Messages that no peer had taken in the time that stopping may take, or that the handler had not worked on.</param>
/// <param name="MayHaveUnread">True when peers may have sent what the role has not worked on.</param>
/// <param name="Milliseconds">How long it took.</param>
internal sealed record DrainReport(string Role, long Undelivered, bool MayHaveUnread, long Milliseconds)
{
    /// <summary>What went wrong besides; null when nothing did.</summary>
    public string? Failure { get; init; }
}

/// <summary>What a reload has done.</summary>
/// <param name="Restarted">Roles whose configuration, or the content of whose key files, had changed.</param>
/// <param name="Started">Roles that the file has and that did not run: new ones, and ones that were drained or had stopped.</param>
/// <param name="Removed">Roles that the file has no more.</param>
/// <param name="Unchanged">Roles that run on as they are.</param>
/// <param name="Drained">What became of the roles that were stopped, changed and removed ones.</param>
internal sealed record ReloadReport(
    IReadOnlyList<string> Restarted,
    IReadOnlyList<string> Started,
    IReadOnlyList<string> Removed,
    IReadOnlyList<string> Unchanged,
    IReadOnlyList<DrainReport> Drained)
{
    /// <summary>Of the restarted roles those of which only the content of key files had changed, with these files.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? KeyFiles { get; init; }

    /// <summary>Roles that are not open, with the cause. The host goes on and tries to open them.</summary>
    public IReadOnlyDictionary<string, string>? Failures { get; init; }

    /// <summary>What works in the file, and is hardly what its author wanted.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>Settings of the host that hold from now on.</summary>
    public IReadOnlyList<string>? Settings { get; init; }
}

/// <summary>The log level in force.</summary>
/// <param name="Level">The word of the level.</param>
/// <param name="Role">The role that it holds for; null for all of the host.</param>
internal sealed record LogLevelReport(string Level, string? Role = null)
{
    /// <summary>What the level does not reach; null when it reaches everything.</summary>
    public string? Limit { get; init; }
}

/// <summary>The JSON of requests and replies: names in camel case; what is null is absent.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    MaxDepth = 16,
    Converters = [typeof(CamelCase<HostState>), typeof(CamelCase<RoleState>)])]
[JsonSerializable(typeof(ControlRequest))]
[JsonSerializable(typeof(ControlReply))]
internal sealed partial class ControlJson : JsonSerializerContext;
