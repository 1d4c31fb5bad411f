using Actors.Transport;

namespace Actors;

/// <summary>A command of the pipeline protocol, docs/protocols/pipeline.md.</summary>
internal abstract record PipelineCommand;

/// <summary>Opens a session, and answers the peer's opening.</summary>
/// <param name="Version">The version of the protocol.</param>
/// <param name="End">Which end speaks.</param>
/// <param name="Session">The number that the opening peer chose.</param>
/// <param name="Heartbeat">The longest time between two of the speaker's messages.</param>
internal sealed record HelloCommand(byte Version, PipelineEndKind End, uint Session, TimeSpan Heartbeat) : PipelineCommand;

/// <summary>The receiving end takes this many more tasks.</summary>
internal sealed record ReadyCommand(uint Credit) : PipelineCommand;

/// <summary>Tasks to work on: TASK has one, TASKS has several.</summary>
internal sealed record TasksCommand(List<SentTask> Tasks) : PipelineCommand;

/// <summary>A task, and which try this is.</summary>
internal readonly record struct SentTask(uint Try, TaskId Id, Message Payload);

/// <summary>These tasks are done, and so is everything that follows from them.</summary>
internal sealed record AckCommand(IReadOnlyList<TaskId> Ids) : PipelineCommand;

/// <summary>This task was not done.</summary>
/// <param name="Id">The task.</param>
/// <param name="How">What the sender has to do with it.</param>
/// <param name="Reason">The reason for people.</param>
internal sealed record NackCommand(TaskId Id, TaskReturn How, string Reason) : PipelineCommand;

/// <summary>The receiving end takes no more tasks, and its credit is void.</summary>
internal sealed record DrainCommand : PipelineCommand;

/// <summary>The speaker is there.</summary>
internal sealed record HeartbeatCommand : PipelineCommand;

/// <summary>The speaker ends the session.</summary>
internal sealed record GoodbyeCommand : PipelineCommand;

/// <summary>The peer's last command cannot be followed.</summary>
internal sealed record ErrorCommand(PipelineError Code, string Reason) : PipelineCommand;

/// <summary>The end of a pipeline that a peer is. The values are those on the wire.</summary>
internal enum PipelineEndKind : byte
{
    /// <summary>Sends tasks, receives acknowledgements.</summary>
    Sending = (byte)'S',

    /// <summary>Receives tasks, sends acknowledgements.</summary>
    Receiving = (byte)'R',
}

/// <summary>Why a task comes back. The values are those on the wire.</summary>
internal enum TaskReturn : byte
{
    /// <summary>The work failed; another try may help.</summary>
    Failed = 0,

    /// <summary>No further try can help.</summary>
    Refused = 1,

    /// <summary>Nobody has begun to work on it, so it was no try.</summary>
    NotBegun = 2,
}

/// <summary>Why a command cannot be followed. The values are those on the wire.</summary>
internal enum PipelineError : byte
{
    /// <summary>The version of the HELLO is not spoken here.</summary>
    Version = 1,

    /// <summary>There is no session with that peer, which has to say HELLO first.</summary>
    NoSession = 2,

    /// <summary>The command is malformed or unknown.</summary>
    Malformed = 3,

    /// <summary>Both peers are the same end.</summary>
    SameEnd = 4,

    /// <summary>A task came without credit.</summary>
    NoCredit = 5,
}
