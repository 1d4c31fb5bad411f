using System.Text;
using Actors.Transport;

namespace Actors;

/// <summary>The settings of a <see cref="SubscribeRole"/>.</summary>
public sealed record SubscribeSettings : RoleSettings
{
    /// <summary>
    /// Where the role binds or connects, and the options of its sockets. With <see cref="Retained"/> it connects to the
    /// endpoints of the publishers' <see cref="RetainedSettings"/>.
    /// </summary>
    public required SocketSettings Socket { get; init; }

    /// <summary>The prefixes to receive, in UTF-8; an empty one takes all. Default none, as for a SUB socket.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>
    /// The messages in the handler's hands beyond which the publishers are held back; with <see cref="Retained"/>, those of
    /// each publisher. Default 1,000.
    /// </summary>
    public int InboundWindow { get; init; } = 1000;

    /// <summary>
    /// The time that a connected publisher has to confirm the subscriptions, which plain ZeroMQ peers never do; then the role
    /// counts as ready. Zero does not ask. Default 200 ms. A retained subscription is always confirmed.
    /// </summary>
    public TimeSpan ConfirmTimeout { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks publishers that retain for what was missed: docs/protocols/broadcast.md. Null, the default, is a plain SUB.</summary>
    public RetainedSubscription? Retained { get; init; }

    internal IReadOnlyList<ReadOnlyMemory<byte>> Prefixes => [.. Topics.Select(topic => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(topic))];

    internal SocketSpec PlainSocket => SocketOf(Socket, SocketKind.Subscribe) with { Subscriptions = Prefixes };

    /// <summary>A DEALER for each publisher, because commands go to one of them.</summary>
    internal IEnumerable<SocketSpec> RetainedSockets =>
        Socket.Connect.Select((endpoint, index) => SocketOf(Socket with { Connect = [endpoint] }, SocketKind.Dealer, index == 0 ? null : $"{index + 1}") with { ReportsLosses = false });

    /// <inheritdoc/>
    public override RoleContract Contract => Retained is null
        ? new RoleContract(
            "the handler is told what the prefixes match, in the order of each publisher",
            "what is published while it is not connected",
            "messages that the handler failed on, and what had come when the socket was closed")
        : new RoleContract(
            "the handler is told what the prefixes match, each message once and in order, after a cut of the connection too, or the exact gap",
            "what its publisher no longer keeps",
            "gaps, with the numbers of what is missing");

    /// <inheritdoc/>
    public override void Validate()
    {
        if (Retained is not null && Socket.Bind.Count > 0) throw Check.Fault("bind", "is set: expected only \"connect\", because a subscriber with retained delivery connects");
        PlainSocket.Validate();
        Check.AtLeast("inbound-window", InboundWindow, 1);
        if (ConfirmTimeout != TimeSpan.Zero) Check.Positive("confirm-timeout", ConfirmTimeout);
        if (Retained is null) return;
        if (Topics.Count > BroadcastCodec.MaxPrefixes) throw Check.Fault("topics", $"has {Topics.Count} prefixes: expected at most {BroadcastCodec.MaxPrefixes}");
        Retained.Heartbeat.Validate(Check.Below("retained"));
    }
}
