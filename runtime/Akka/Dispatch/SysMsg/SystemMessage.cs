using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>A message between cells: it overtakes all user messages, and is processed while the mailbox is suspended.</summary>
public interface ISystemMessage : INoSerializationVerificationNeeded;

/// <summary>Waits until the actor has recovered from its own failure.</summary>
internal interface IStashWhenFailed;

/// <summary>Waits until the children that are being stopped have stopped.</summary>
internal interface IStashWhenWaitingForChildren;

/// <summary>The base of the system messages. Each links to the next, so that a queue of them needs no nodes of its own; so each is sent once.</summary>
public abstract class SystemMessage : ISystemMessage
{
    internal SystemMessage? Next;

    public bool Unlinked => Next is null;

    public void Unlink() => Next = null;
}
