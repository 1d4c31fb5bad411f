using Actors.Transport;

namespace Actors;

/// <summary>A command of the pipeline protocol, docs/protocols/pipeline.md.</summary>
internal abstract record PipelineCommand;

/// <summary>Opens a session, and answers the peer's opening.</summary>
/// <param name="Version">Of the protocol.</param>
/// <param name="End">Which end speaks.</param>
/// <param name="Session">The number that the opening peer chose.</param>
/// <param name="Heartbeat">How often the speaker sends at least.</param>
internal sealed record HelloCommand(byte Version, PipelineEndKind End, uint Session, TimeSpan Heartbeat) : PipelineCommand;

/// <summary>The receiving end takes so many tasks more.</summary>
internal sealed record ReadyCommand(uint Credit) : PipelineCommand;

/// <summary>Tasks to be worked on: TASK has one, TASKS has several.</summary>
internal sealed record TasksCommand(List<SentTask> Tasks) : PipelineCommand;

/// <summary>A task, sent for the given time.</summary>
internal readonly record struct SentTask(uint Try, TaskId Id, Message Payload);

/// <summary>These tasks are done, with all that follows from them.</summary>
internal sealed record AckCommand(IReadOnlyList<TaskId> Ids) : PipelineCommand;

/// <summary>This task was not done.</summary>
/// <param name="Id">The task.</param>
/// <param name="How">What is to become of it.</param>
/// <param name="Reason">For people.</param>
internal sealed record NackCommand(TaskId Id, TaskReturn How, string Reason) : PipelineCommand;

/// <summary>The receiving end takes no more tasks; the credit that it has given is void.</summary>
internal sealed record DrainCommand : PipelineCommand;

/// <summary>The speaker is there.</summary>
internal sealed record HeartbeatCommand : PipelineCommand;

/// <summary>The speaker ends the session.</summary>
internal sealed record GoodbyeCommand : PipelineCommand;

/// <summary>The peer's last command cannot be followed.</summary>
internal sealed record ErrorCommand(PipelineError Code, string Reason) : PipelineCommand;

/// <summary>Which end of a pipeline's link a peer is; the values are those on the wire.</summary>
internal enum PipelineEndKind : byte
{
    /// <summary>Sends tasks, receives acknowledgements.</summary>
    Sending = (byte)'S',

    /// <summary>Receives tasks, sends acknowledgements.</summary>
    Receiving = (byte)'R',
}

/// <summary>Why a task comes back; the values are those on the wire.</summary>
internal enum TaskReturn : byte
{
    /// <summary>The work failed; another try may help.</summary>
    Failed = 0,

    /// <summary>No further try can help.</summary>
    Refused = 1,

    /// <summary>Nobody has begun with it, so it was no try.</summary>
    NotBegun = 2,
}

/// <summary>Why a command cannot be followed; the values are those on the wire.</summary>
internal enum PipelineError : byte
{
    /// <summary>The version of the HELLO is not spoken here.</summary>
    Version = 1,

    /// <summary>There is no session with that peer: it is to say HELLO.</summary>
    NoSession = 2,

    /// <summary>The command is malformed or unknown.</summary>
    Malformed = 3,

    /// <summary>Both peers are the same end.</summary>
    SameEnd = 4,

    /// <summary>A task came without credit.</summary>
    NoCredit = 5,
}
