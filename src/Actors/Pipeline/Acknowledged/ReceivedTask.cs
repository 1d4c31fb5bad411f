using Actors.Transport;

namespace Actors;

/// <summary>A task for the handler of a pull role with <see cref="PullSettings.TellTaskIds"/>.</summary>
/// <param name="Id">The task's id, the same each time that the task comes.</param>
/// <param name="Payload">The work.</param>
public sealed record ReceivedTask(TaskId Id, Message Payload);
