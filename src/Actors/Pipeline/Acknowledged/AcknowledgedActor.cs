using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>The base of the roles of an acknowledged pipeline: keeps their ends, and lets time pass for these.</summary>
internal abstract class AcknowledgedActor : RoleActor
{
    private readonly List<PipelineEnd> _ends = [];
    private readonly IReadOnlyList<PipelineEnd> _before;
    private readonly AcknowledgedSettings _settings;
    private bool _flushing;

    protected AcknowledgedActor(RoleSettings settings, AcknowledgedSettings acknowledged)
        : base(settings)
    {
        _settings = acknowledged;
        _before = RestartMemory.Of(Context.System).Take(Self);
    }

    /// <summary>True when a restarted role reads from a journal what it knew.</summary>
    protected virtual bool IsOnRecord => false;

    /// <summary>True once the role has failed and another instance takes over.</summary>
    protected bool IsRestarting { get; private set; }

    /// <summary>Takes an end in, and opens its sockets.</summary>
    /// <returns>The sockets.</returns>
    protected IReadOnlyList<SocketLink> AddEnd(PipelineEnd end, IEnumerable<SocketSpec> sockets)
    {
        if (_ends.Count < _before.Count) end.GoOnFrom(_before[_ends.Count]);
        _ends.Add(end);
        SocketLink[] links = [.. sockets.Select(socket => AddUnboundedSocket(socket, WindowOf(socket)))];
        foreach (var link in links) end.Add(link);
        return links;
    }

    protected override void PreStart()
    {
        BeatEvery(_settings.Heartbeat.Interval);
        base.PreStart();
    }

    protected override void PreRestart(Exception reason, object message)
    {
        IsRestarting = true;
        foreach (var end in _ends) end.Abandon("its role has failed");
        if (!IsOnRecord) RestartMemory.Of(Context.System).Keep(Self, _ends);
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        foreach (var end in _ends) end.Stop();
        base.PostStop();
    }

    protected sealed override void OnInbound(IReadOnlyList<Message> messages)
    {
        if (LinkOf(Sender) is not { } link) return;
        link.Inbound!.Pass(messages);
        EndOf(link).Take(link, messages);
        Settled();
    }

    protected override void OnSocketOpened(SocketLink link)
    {
        EndOf(link).SocketOpened(link);
        Settled();
    }

    protected override void OnPeersChanged(SocketLink link, PeerEvent? what)
    {
        EndOf(link).PeerChanged(link, what);
        Settled();
    }

    protected override void OnBeat()
    {
        foreach (var end in _ends) end.Tick();
        Settled();
    }

    protected override void OnOther(object message)
    {
        switch (message)
        {
            case FlushEnds:
                _flushing = false;
                Settled();
                break;
            default: base.OnOther(message); break;
        }
    }

    /// <summary>Sends what follows from the commands handled and the tasks accepted or done.</summary>
    protected virtual void Settled()
    {
        foreach (var end in _ends) end.Flush();
        CheckDrained();
    }

    /// <summary>Has <see cref="Settled"/> called behind the messages in the mailbox, so that their results go together.</summary>
    protected void SettleSoon()
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
}

/// <summary>What the receiving end of an acknowledged pipeline has done so far.</summary>
/// <param name="Received">Tasks handed to the handlers.</param>
/// <param name="InHand">Those of them that are not settled yet.</param>
/// <param name="Repeats">Tasks that came again and were dropped.</param>
public sealed record ReceivedCounts(long Received, long InHand, long Repeats);
