using Actors.Transport;

namespace Actors;

/// <summary>A task as the handler of a pull role is told it where <see cref="PullSettings.TellTaskIds"/> is set.</summary>
/// <param name="Id">The same each time that the task comes.</param>
/// <param name="Payload">What is to be worked on.</param>
public sealed record ReceivedTask(TaskId Id, Message Payload);
