using Actors.Transport;

namespace Actors.Host.Running;

/// <summary>What roles and sockets have lost because the host stopped. Written by one actor, read when that has ended.</summary>
internal sealed class Losses
{
    /// <summary>True when messages were lost that an orderly stop should have delivered or worked on.</summary>
    public bool AnyInOrderlyStop { get; private set; }

    public void Add(MessagesDropped what) => AnyInOrderlyStop |= what.Reason is DropReason.Stopped or DropReason.Unread;
}
