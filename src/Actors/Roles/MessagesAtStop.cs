using System.Runtime.CompilerServices;
using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>
/// Counts the messages in the mailboxes of roles, pool workers and handlers that stop, with the reason <see cref="DropReason.Stopped"/>.
/// Akka makes a dead letter of each message that an actor leaves in its mailbox, so the count is exact.
/// </summary>
/// <remarks>An Akka extension. Safe to use from any thread.</remarks>
internal sealed class MessagesAtStop : MinimalActorRef, IExtension
{
    // By the actors themselves, so that those of roles that have ended are forgotten.
    private readonly ConditionalWeakTable<IActorRef, string> _roles = [];
    private readonly ConditionalWeakTable<IActorRef, string> _sockets = [];
    private readonly EventStream _events;

    private MessagesAtStop(ExtendedActorSystem system)
    {
        Provider = system.Provider;
        Path = system.Provider.TempPath();
        _events = system.EventStream;
        _events.Subscribe(this, typeof(DeadLetter));
    }

    public override ActorPath Path { get; }

    public override IActorRefProvider Provider { get; }

    public static MessagesAtStop Of(ActorSystem system) => system.WithExtension<MessagesAtStop, ExtensionProvider>();

    /// <summary>What is left in the handler's mailbox when it stops is counted as the role's.</summary>
    public void Watch(IActorRef handler, string role) => _roles.AddOrUpdate(handler, role);

    /// <summary>What the role was told to send and had not looked at when it stopped is counted.</summary>
    public void WatchRole(IActorRef role, string name) => _roles.AddOrUpdate(role, name);

    /// <summary>What the socket had handed to its role when that stopped is counted. Not for the sockets of a protocol, whose commands nobody misses.</summary>
    public void WatchSocket(IActorRef socket, string role) => _sockets.AddOrUpdate(socket, role);

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is not DeadLetter letter) return;
        var (count, watched, by) = letter.Message switch
        {
            InboundBatch inbound => (inbound.Messages.Count, _sockets, letter.Sender),
            Message or PeerMessage => (1, _roles, letter.Recipient),
            MessageBatch batch => (batch.Count, _roles, letter.Recipient),
            _ => (0, _roles, letter.Recipient),
        };
        if (count > 0 && watched.TryGetValue(by, out var role)) _events.Publish(new MessagesDropped(role, count, DropReason.Stopped));
    }

    private sealed class ExtensionProvider : ExtensionIdProvider<MessagesAtStop>
    {
        public override MessagesAtStop CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
