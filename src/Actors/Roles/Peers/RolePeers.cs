using Actors.Transport;
using Akka.Event;

namespace Actors;

/// <summary>What a role logs of its peers, and when it has to look again.</summary>
/// <remarks>Belongs to one role actor; not safe for concurrent use.</remarks>
/// <param name="time">The clock of the role.</param>
/// <param name="log">The log of the role.</param>
/// <param name="wake">Has <see cref="Due"/> called after that time, in place of the time before.</param>
internal sealed class RolePeers(TimeProvider time, ILoggingAdapter log, Action<TimeSpan> wake)
{
    private readonly PeerLog _log = new(time, (level, line) =>
    {
        if (level == LogLevel.WarningLevel) log.Warning("{0}", line);
        else log.Info("{0}", line);
    });
    private readonly List<PeerWait> _waits = [];
    private TimeSpan? _wakeAt;

    /// <summary>From now on it is told when messages wait for a peer of one of these sockets for long.</summary>
    /// <param name="name">The role or socket.</param>
    /// <param name="links">The sockets.</param>
    /// <param name="waiting">How many messages wait for a peer.</param>
    public void Await(string name, IReadOnlyList<SocketLink> links, Func<long> waiting) => _waits.Add(new PeerWait(name, links, waiting, time, _log));

    /// <summary>Something has happened between a socket and its peers.</summary>
    public void Happened(SocketLink link, PeerEvent what)
    {
        // How many waited is known before the peer has taken them.
        LookAtWaits();
        if (what is PeerConnected) link.Connected(what.Endpoint);
        if (what is PeerDisconnected) link.Disconnected();
        _log.Add(what, () => link.Peers);
        LookAtWaits();
        WakeInTime();
    }

    /// <summary>To be called when messages may have come or gone; it costs next to nothing while there is a peer.</summary>
    public void Look()
    {
        if (LookAtWaits()) WakeInTime();
    }

    /// <summary>The time that was asked for has come.</summary>
    public void Due()
    {
        _wakeAt = null;
        if (_log.NextDue <= time.Elapsed()) _log.WriteSums();
        LookAtWaits();
        WakeInTime();
    }

    /// <summary>Writes what is counted so far, because the role stops.</summary>
    public void End() => _log.End();

    private bool LookAtWaits()
    {
        var changed = false;
        for (var i = 0; i < _waits.Count; i++) changed |= _waits[i].Look();
        return changed;
    }

    private void WakeInTime()
    {
        var due = _log.NextDue;
        for (var i = 0; i < _waits.Count; i++)
            if (_waits[i].NextDue is { } next && !(due <= next)) due = next;
        if (due is not { } at || _wakeAt <= at) return;
        _wakeAt = at;
        var wait = at - time.Elapsed();
        wake(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
    }
}

/// <summary>A role to itself: something about its peers is to be logged.</summary>
internal sealed record PeersDue
{
    public static PeersDue Instance { get; } = new();
}
