namespace Actors;

/// <summary>
/// Knows how long the messages of a role have waited without any peer, and tells its log when that has become long, and when a
/// peer comes after that.
/// </summary>
/// <remarks>Call <see cref="Look"/> whenever peers or messages may have changed, and at <see cref="NextDue"/>.</remarks>
/// <param name="name">The role or socket.</param>
/// <param name="links">The sockets, any of which may have the peer.</param>
/// <param name="waiting">How many messages wait for a peer.</param>
/// <param name="time">The clock of the role.</param>
/// <param name="log">Is told.</param>
internal sealed class PeerWait(string name, IReadOnlyList<SocketLink> links, Func<long> waiting, TimeProvider time, PeerLog log)
{
    /// <summary>How long messages wait without a peer until it is told.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private TimeSpan? _since;
    private bool _told;
    private long _waited;

    /// <summary>When it will have been too long, by the role's clock; null while nothing waits, and once it has been told.</summary>
    public TimeSpan? NextDue => _told ? null : _since + Patience;

    /// <returns>True when <see cref="NextDue"/> may have changed.</returns>
    public bool Look()
    {
        for (var i = 0; i < links.Count; i++)
        {
            if (links[i].Peers == 0) continue;
            if (_since is null) return false;
            PeerCame();
            return true;
        }
        var messages = waiting();
        if (messages > 0) Wait(messages);
        // Nothing waits any more; a peer that comes after a warning is told all the same.
        else if (!_told) _since = null;
        return true;
    }

    private void Wait(long messages)
    {
        _waited = messages;
        var now = time.Elapsed();
        _since ??= now;
        if (_told || now < _since + Patience) return;
        _told = true;
        log.NoPeer(name, now - _since.Value, messages);
    }

    private void PeerCame()
    {
        if (_told) log.PeerAgain(name, time.Elapsed() - _since!.Value, _waited);
        _since = null;
        _told = false;
        _waited = 0;
    }
}
