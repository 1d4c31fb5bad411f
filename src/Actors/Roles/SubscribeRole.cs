using System.Text;
using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>The settings of a <see cref="SubscribeRole"/>.</summary>
public sealed record SubscribeSettings : RoleSettings
{
    /// <summary>Where to bind or connect.</summary>
    public required SocketSettings Socket { get; init; }

    /// <summary>The prefixes to receive, in UTF-8; an empty one takes all. None by default, as for a SUB socket.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>How many messages may be in the handler's hands before the publishers are held back. Default 1000.</summary>
    public int InboundWindow { get; init; } = 1000;

    internal SocketSettings SubscribeSocket =>
        SocketOf(Socket, SocketKind.Subscribe) with { Subscriptions = [.. Topics.Select(topic => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(topic))] };

    /// <inheritdoc/>
    public override void Validate()
    {
        SubscribeSocket.Validate();
        AtLeast("inbound-window", InboundWindow, 1);
    }
}

/// <summary>
/// SUB (RFC 29): tells its handler each <see cref="Message"/> whose first frame begins with one of its topics.
/// <see cref="SubscribeTo"/> and <see cref="UnsubscribeFrom"/> told to the role change the topics while it runs.
/// </summary>
public sealed class SubscribeRole : ReceivingRole
{
    /// <param name="settings">Checked before anything is opened.</param>
    /// <param name="handler">The actor that is told the messages; a child of the role.</param>
    /// <exception cref="SocketSettingsException">The settings cannot work.</exception>
    public SubscribeRole(SubscribeSettings settings, Props handler)
        : base(settings, settings.SubscribeSocket, settings.InboundWindow, handler)
    {
    }

    /// <summary>How to create the role.</summary>
    public static Props Props(SubscribeSettings settings, Props handler) => Akka.Actor.Props.Create(() => new SubscribeRole(settings, handler));

    private protected override void OnOther(object message)
    {
        if (message is SubscribeTo or UnsubscribeFrom) ForwardToSocket(message);
        else base.OnOther(message);
    }
}
