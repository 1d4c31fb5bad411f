using Actors.Transport;

namespace Actors;

/// <summary>What the settings of a <see cref="ForwarderRole"/> and a <see cref="StreamerRole"/> have in common.</summary>
public abstract record ProxySettings : RoleSettings
{
    /// <summary>Where the messages come from, and the options of that socket.</summary>
    public required SocketSettings Frontend { get; init; }

    /// <summary>Where the messages go to, and the options of that socket.</summary>
    public required SocketSettings Backend { get; init; }

    /// <summary>Where a copy of each message goes. Null, the default, makes none.</summary>
    public CaptureSettings? Capture { get; init; }

    /// <summary>The messages in the proxy's hands beyond which it reads no more. Default 1,000.</summary>
    public int InboundWindow { get; init; } = 1000;

    internal abstract SocketSpec FrontendSocket { get; }

    internal abstract SocketSpec BackendSocket { get; }

    internal SocketSpec? CaptureSocket => Capture is null ? null : SocketOf(Capture.Socket, Capture.SocketKind, "capture");

    /// <summary>What a capture adds to the promise.</summary>
    private protected string CapturePromise => Capture switch
    {
        null => "",
        { Kind: CaptureKind.Push } => "; a copy of each is pushed to the capture endpoint, and while nobody takes the copies the proxy waits",
        _ => "; a copy of each is published at the capture endpoint",
    };

    /// <inheritdoc/>
    public override void Validate()
    {
        FrontendSocket.Validate("frontend.");
        BackendSocket.Validate("backend.");
        CaptureSocket?.Validate("capture.");
        Check.AtLeast("inbound-window", InboundWindow, 1);
    }
}

/// <summary>The settings of a <see cref="ForwarderRole"/>.</summary>
public sealed record ForwarderSettings : ProxySettings
{
    internal override SocketSpec FrontendSocket => SocketOf(Frontend, SocketKind.XSubscribe, "frontend");

    internal override SocketSpec BackendSocket => SocketOf(Backend, SocketKind.Publish, "backend");

    /// <inheritdoc/>
    public override RoleContract Contract => new(
        "what its subscribers have subscribed to is subscribed to at the publishers, and what comes goes to every connected subscriber whose prefix matches, frames untouched" + CapturePromise,
        "what is published while a side is not connected; for a subscriber at its high-water mark, what exceeds that",
        "what a subscriber at its high-water mark missed, what its sockets held for one whose connection ended, and what waits when the role stops");
}

/// <summary>The settings of a <see cref="StreamerRole"/>.</summary>
public sealed record StreamerSettings : ProxySettings
{
    internal override SocketSpec FrontendSocket => SocketOf(Frontend, SocketKind.Pull, "frontend");

    internal override SocketSpec BackendSocket => SocketOf(Backend, SocketKind.Push, "backend");

    /// <inheritdoc/>
    public override RoleContract Contract => new(
        $"each message of a pusher goes to one of the connected pullers, in turn, frames untouched; no message is dropped: with {InboundWindow} in hand that no puller takes, the pushers wait" + CapturePromise,
        "what is in this host when it dies; what a puller was sent when that dies or its connection breaks",
        "what waits when the role stops, what its sockets held for a puller whose connection ended, or had received when they were closed");
}
