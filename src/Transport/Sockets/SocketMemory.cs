namespace Actors.Transport;

/// <summary>
/// What a socket actor keeps through its restarts: the failed instance hands it to the next one, so that a restart
/// loses neither messages nor subscriptions.
/// </summary>
/// <remarks>Touched only on the poller's thread.</remarks>
internal sealed class SocketMemory
{
    private readonly TimeSpan _firstBackoff;
    private readonly TimeSpan _longestBackoff;

    // How often each prefix is subscribed to.
    private readonly Dictionary<ReadOnlyMemory<byte>, int> _subscriptions = new(RoutingIdComparer.Instance);

    public SocketMemory(SocketSpec spec)
    {
        _firstBackoff = spec.Settings.RestartBackoff;
        _longestBackoff = spec.Settings.RestartBackoffMax;
        foreach (var prefix in spec.Subscriptions) AddSubscription(prefix);
        Backlog = spec.PeerBacklog is { } most ? new PeerBacklog(most) : null;
    }

    /// <summary>Messages that the socket would have blocked on, the oldest first.</summary>
    public Queue<Message> Waiting { get; } = new();

    /// <summary>What waits for single peers, where <see cref="SocketSpec.PeerBacklog"/> is set.</summary>
    public PeerBacklog? Backlog { get; }

    /// <summary>How many messages may still be delivered to the owner.</summary>
    public int InboundCredit { get; set; }

    /// <summary>Failures since the socket was last open.</summary>
    public int Attempts { get; private set; }

    /// <summary>Failures in all.</summary>
    public int Restarts { get; private set; }

    /// <summary>Each prefix as often as it is subscribed to.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Subscriptions => [.. _subscriptions.SelectMany(prefix => Enumerable.Repeat(prefix.Key, prefix.Value))];

    public void AddSubscription(ReadOnlyMemory<byte> prefix) => _subscriptions[prefix] = _subscriptions.GetValueOrDefault(prefix) + 1;

    /// <summary>Takes one subscription of the prefix back; false when there is none.</summary>
    public bool RemoveSubscription(ReadOnlyMemory<byte> prefix)
    {
        if (!_subscriptions.TryGetValue(prefix, out var count)) return false;
        if (count == 1) _subscriptions.Remove(prefix);
        else _subscriptions[prefix] = count - 1;
        return true;
    }

    public void Opened() => Attempts = 0;

    /// <summary>Counts a failure and says how long to wait before the next try: doubling, up to the longest.</summary>
    public TimeSpan Failed()
    {
        Restarts++;
        return Backoff.After(_firstBackoff, _longestBackoff, ++Attempts);
    }
}
