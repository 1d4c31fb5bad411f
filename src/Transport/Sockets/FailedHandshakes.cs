namespace Actors.Transport;

/// <summary>
/// What a socket logs of the peers that it did not take: the first one of each reason at once, and those of the same reason that
/// follow in sums, so that a peer that comes again and again does not fill the log.
/// </summary>
internal sealed class FailedHandshakes
{
    /// <summary>The time from one sum to the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    // A peer may make up ever new reasons.
    private const int MostReasons = 100;
    private const string OtherReasons = "various reasons";

    private readonly Dictionary<string, (int Count, string Peer)> _since = [];

    /// <summary>No sum is due.</summary>
    public bool IsEmpty => _since.Count == 0;

    /// <summary>The line to log now; null where it is counted for the next sum.</summary>
    public string? Add(PeerHandshakeFailed what)
    {
        var peer = what.Peer?.Address is { } address ? $"{address} at {what.Endpoint}" : what.Endpoint;
        var reason = what.Reason.Length == 0 ? "no reason is known" : string.Concat(what.Reason.Select(letter => char.IsControl(letter) ? '?' : letter));
        if (!_since.ContainsKey(reason) && _since.Count >= MostReasons) reason = OtherReasons;
        if (_since.TryGetValue(reason, out var known))
        {
            _since[reason] = (known.Count + 1, peer);
            return null;
        }
        _since.Add(reason, (0, peer));
        return $"the handshake with {peer} failed: {reason}";
    }

    /// <summary>The lines to log at the end of an interval. What did not happen again in it is forgotten, and is logged at once when it does.</summary>
    public IReadOnlyList<string> TakeSums()
    {
        var lines = new List<string>();
        foreach (var (reason, (count, peer)) in _since.ToArray())
        {
            if (count == 0) _since.Remove(reason);
            else
            {
                lines.Add($"the handshake failed {count} more times, the last time with {peer}: {reason}");
                _since[reason] = (0, peer);
            }
        }
        return lines;
    }
}
