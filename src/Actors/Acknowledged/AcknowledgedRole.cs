using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>What the roles of an acknowledged pipeline have in common: their ends, and the time that passes for these.</summary>
public abstract class AcknowledgedRole : RoleActor, IWithTimers
{
    private readonly List<PipelineEnd> _ends = [];
    private readonly IReadOnlyList<PipelineEnd> _before;
    private readonly AcknowledgedSettings _settings;
    private bool _flushing;

    private protected AcknowledgedRole(RoleSettings settings, AcknowledgedSettings acknowledged)
        : base(settings)
    {
        _settings = acknowledged;
        _before = RestartMemory.Of(Context.System).Take(Self);
    }

    /// <summary>Set by Akka.</summary>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Whether a restarted role learns from elsewhere what it knew.</summary>
    private protected virtual bool IsOnRecord => false;

    /// <summary>The role has failed, and another instance goes on for it.</summary>
    private protected bool IsRestarting { get; private set; }

    /// <summary>Opens the end's sockets: one ROUTER for all that is bound, a DEALER for each endpoint that is connected to.</summary>
    private protected void AddEnd(PipelineEnd end, IEnumerable<SocketSettings> sockets)
    {
        if (_ends.Count < _before.Count) end.GoOnFrom(_before[_ends.Count]);
        _ends.Add(end);
        foreach (var socket in sockets)
        {
            // The protocol's credit bounds what comes and goes, so the lanes need no bounds of their own.
            end.Add(AddSocket(socket, new InboundLane(Self), socket.ReceiveHighWaterMark == 0 ? int.MaxValue : socket.ReceiveHighWaterMark, NewOutboundLane(new OutboundSettings(int.MaxValue, OverflowRule.Backpressure))));
        }
    }

    /// <summary>The sockets that an end needs, each under a name of its own.</summary>
    internal static IEnumerable<SocketSettings> SocketsOf(SocketSettings settings)
    {
        // What waits for a peer is bounded by its credit and by the ledger. A bound of the queue would have a ROUTER wait
        // for one peer and hold back the others. What a connection loses is sent again.
        settings = settings with { SendHighWaterMark = 0, ReportsLosses = false };
        if (settings.Bind.Count > 0) yield return settings with { Kind = SocketKind.Router, Connect = [] };
        for (var i = 0; i < settings.Connect.Count; i++)
        {
            var name = settings.Bind.Count + i == 0 ? settings.Name : $"{settings.Name}.{i + 1}";
            yield return settings with { Kind = SocketKind.Dealer, Name = name, Bind = [], Connect = [settings.Connect[i]] };
        }
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Events.Subscribe(Self, typeof(MessagesDropped));
        Timers.StartPeriodicTimer(nameof(Beat), Beat.Instance, _settings.HeartbeatInterval);
        base.PreStart();
    }

    /// <inheritdoc/>
    protected override void PreRestart(Exception reason, object message)
    {
        IsRestarting = true;
        foreach (var end in _ends) end.Abandon("its role has failed");
        if (!IsOnRecord) RestartMemory.Of(Context.System).Keep(Self, _ends);
        base.PreRestart(reason, message);
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        Events.Unsubscribe(Self);
        foreach (var end in _ends) end.Stop();
        base.PostStop();
    }

    private protected sealed override void OnInbound(IReadOnlyList<Message> messages)
    {
        if (LinkOf(Sender) is not { } link) return;
        link.Inbound!.Count(messages);
        link.Inbound.Release(messages.Count);
        EndOf(link).Take(link, messages);
        Settled();
    }

    private protected override void OnSocketOpened(SocketLink link)
    {
        EndOf(link).SocketOpened(link);
        Settled();
    }

    private protected override void OnPeersChanged(SocketLink link, PeerEvent? what)
    {
        EndOf(link).PeerChanged(link, what);
        Settled();
    }

    private protected override void OnOther(object message)
    {
        switch (message)
        {
            case Beat:
                foreach (var end in _ends) end.Tick();
                Settled();
                break;
            case FlushEnds:
                _flushing = false;
                Settled();
                break;
            case MessagesDropped { Reason: DropReason.Unroutable } dropped:
                foreach (var end in _ends) end.Unroutable(dropped.Source, dropped.Peer);
                Settled();
                break;
            case MessagesDropped: break;
            default: base.OnOther(message); break;
        }
    }

    /// <summary>Commands have been handled, or tasks accepted or done: sends what follows from it.</summary>
    private protected virtual void Settled()
    {
        foreach (var end in _ends) end.Flush();
        CheckDrained();
    }

    /// <summary>Has <see cref="Settled"/> called behind the messages that wait in the mailbox now, so that much goes together.</summary>
    private protected void SettleSoon()
    {
        if (_flushing) return;
        _flushing = true;
        Self.Tell(FlushEnds.Instance, Self);
    }

    private PipelineEnd EndOf(SocketLink link) => _ends.Find(end => end.Owns(link))!;

    private sealed record FlushEnds
    {
        public static FlushEnds Instance { get; } = new();
    }

    private sealed record Beat
    {
        public static Beat Instance { get; } = new();
    }
}

/// <summary>To an acknowledged push or worker role: tell the sender the <see cref="LedgerCounts"/>.</summary>
public sealed record GetLedger
{
    /// <summary>The one instance.</summary>
    public static GetLedger Instance { get; } = new();
}

/// <summary>To an acknowledged pull or worker role: tell the sender the <see cref="ReceivedCounts"/>.</summary>
public sealed record GetReceived
{
    /// <summary>The one instance.</summary>
    public static GetReceived Instance { get; } = new();
}

/// <summary>What a receiving end of an acknowledged pipeline has done so far.</summary>
/// <param name="Received">Tasks handed to the handlers.</param>
/// <param name="InHand">Those of them that are not settled yet.</param>
/// <param name="Repeats">Tasks that came again and were dropped.</param>
public sealed record ReceivedCounts(long Received, long InHand, long Repeats);
