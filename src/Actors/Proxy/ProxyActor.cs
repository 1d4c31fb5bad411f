using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>
/// Passes batches of messages from one socket to another as they are, and a copy of each to a third. It reads as many messages as
/// the back has taken, so that only the window is ever in its hands.
/// </summary>
internal abstract class ProxyActor : RoleActor
{
    private readonly InboundLane _inbound;
    private readonly OutboundLane _outbound;
    private readonly OutboundLane? _capture;
    private readonly int _window;
    private long _released;

    /// <param name="settings">Of the role.</param>
    /// <param name="sendsUpstream">Whether messages go from the back to the front as well.</param>
    protected ProxyActor(ProxySettings settings, bool sendsUpstream)
        : base(settings)
    {
        _window = settings.InboundWindow;
        _inbound = new InboundLane(Self);
        // The credit of the front bounds what waits for the back and for the capture.
        _outbound = NewOutboundLane(OutboundSettings.Unbounded);
        Front = AddSocket(settings.FrontendSocket, _inbound, _window, sendsUpstream ? NewOutboundLane(OutboundSettings.Unbounded) : null);
        Back = AddSocket(settings.BackendSocket, sendsUpstream ? new InboundLane(Self) : null, WindowOf(settings.BackendSocket), _outbound);
        if (Back.Spec.Kind == SocketKind.Push) WaitsForPeers([Back]);
        if (settings.CaptureSocket is not { } capture) return;
        _capture = NewOutboundLane(OutboundSettings.Unbounded);
        // Subscriptions to a published capture are read, and say nothing to the proxy.
        CaptureLink = AddSocket(capture, capture.Kind == SocketKind.Publish ? new InboundLane(Self) : null, WindowOf(capture), _capture);
        if (capture.Kind == SocketKind.Push) WaitsForPeers([CaptureLink]);
    }

    protected SocketLink Front { get; }

    protected SocketLink Back { get; }

    protected SocketLink? CaptureLink { get; }

    protected override void OnInbound(IReadOnlyList<Message> messages)
    {
        if (LinkOf(Sender) is not { } link) return;
        if (link == CaptureLink)
        {
            link.Inbound!.Pass(messages);
            return;
        }
        link.Inbound!.Count(messages);
        var batch = MessageBatch.Of(messages);
        _capture?.Offer(batch, ActorRefs.Nobody);
        if (link == Front)
        {
            _outbound.Offer(batch, ActorRefs.Nobody);
        }
        else
        {
            OnUpstream(batch);
            link.Inbound.Release(messages.Count);
        }
        HoldForCapture();
    }

    /// <summary>Messages came from the back.</summary>
    protected virtual void OnUpstream(MessageBatch batch)
    {
    }

    protected override void OnSent()
    {
        HoldForCapture();
        var taken = (int)(_outbound.Sent - _released);
        if (taken == 0) return;
        _released += taken;
        _inbound.Release(taken);
    }

    protected override void OnDraining()
    {
        // New messages would keep it from ever coming to an end.
        _inbound.Stop();
        Back.Inbound?.Stop();
    }

    /// <summary>While as many copies wait as the window allows, nothing more is read on either side.</summary>
    private void HoldForCapture()
    {
        if (_capture is null) return;
        var holds = _capture.Waiting >= _window;
        _inbound.Hold(holds);
        Back.Inbound?.Hold(holds);
    }
}
