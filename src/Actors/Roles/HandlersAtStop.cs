using System.Runtime.CompilerServices;
using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>
/// Counts the messages that handlers were told and had not begun when they stopped, and those on their way between a plain role
/// and its socket or handler, with the reason <see cref="DropReason.Stopped"/>. They leave the mailbox of an actor that stops as dead letters, each by itself, so the count
/// is exact.
/// </summary>
/// <remarks>An Akka extension. Safe to use from any thread.</remarks>
internal sealed class HandlersAtStop : MinimalActorRef, IExtension
{
    // By the actors themselves, so that those of roles that have ended are forgotten.
    private readonly ConditionalWeakTable<IActorRef, Watched> _roles = [];
    private readonly EventStream _events;

    private HandlersAtStop(ExtendedActorSystem system)
    {
        Provider = system.Provider;
        Path = system.Provider.TempPath();
        _events = system.EventStream;
        _events.Subscribe(this, typeof(DeadLetter));
    }

    public override ActorPath Path { get; }

    public override IActorRefProvider Provider { get; }

    public static HandlersAtStop Of(ActorSystem system) => system.WithExtension<HandlersAtStop, ExtensionProvider>();

    /// <summary>What is left in the handler's mailbox when it stops is counted as the role's.</summary>
    public void Watch(IActorRef handler, string role) => _roles.AddOrUpdate(handler, new Watched(role, TakesMessages: true));

    /// <summary>What a socket had handed to the role when it stopped is counted, and, where it sends, what it was told to send.</summary>
    public void WatchRole(IActorRef role, string name, bool sends) => _roles.AddOrUpdate(role, new Watched(name, sends));

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is not DeadLetter letter || !_roles.TryGetValue(letter.Recipient, out var watched)) return;
        if (Count(letter.Message, watched.TakesMessages) is > 0 and var count) _events.Publish(new MessagesDropped(watched.Role, count, DropReason.Stopped));
    }

    private static int Count(object message, bool takesMessages) => message switch
    {
        InboundBatch inbound => inbound.Messages.Count,
        Message or PeerMessage when takesMessages => 1,
        MessageBatch batch when takesMessages => batch.Count,
        _ => 0,
    };

    private sealed record Watched(string Role, bool TakesMessages);

    private sealed class ExtensionProvider : ExtensionIdProvider<HandlersAtStop>
    {
        public override HandlersAtStop CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
