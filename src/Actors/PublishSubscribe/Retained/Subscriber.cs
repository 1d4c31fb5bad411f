using Actors.Transport;

namespace Actors;

/// <summary>
/// A session with a subscriber: its position in the log, and its credit. It is sent what the log keeps behind
/// its position as fast as it gives credit, so old and new messages come in one order.
/// </summary>
internal sealed class Subscriber
{
    private readonly BroadcastCommand.Subscribe _subscription;
    private readonly long _most;
    private readonly ulong _silentUntil;
    private long _credit;
    private long _inFlight;
    private ulong _gapFirst;
    private ulong _gapLast;

    /// <param name="routingId">How the ROUTER addresses it.</param>
    /// <param name="subscription">Its SUBSCRIBE.</param>
    /// <param name="position">The number behind which it is sent messages.</param>
    /// <param name="silentUntil">The number up to which it is told no gaps.</param>
    /// <param name="most">The most commands on their way to it.</param>
    public Subscriber(ReadOnlyMemory<byte> routingId, BroadcastCommand.Subscribe subscription, ulong position, ulong silentUntil, long most)
    {
        RoutingId = routingId;
        _subscription = subscription;
        Position = position;
        _silentUntil = silentUntil;
        _most = most;
        _credit = subscription.Window;
        var hex = Convert.ToHexString(routingId.Span);
        Peer = subscription.Name.Length > 0 ? $"{subscription.Name} ({hex})" : hex;
    }

    public ReadOnlyMemory<byte> RoutingId { get; }

    /// <summary>The name that it gave itself, and its routing id in hex.</summary>
    public string Peer { get; }

    public uint Session => _subscription.Session;

    public IReadOnlyList<ReadOnlyMemory<byte>> Prefixes => _subscription.Prefixes;

    public TimeSpan LastHeard { get; set; }

    /// <summary>The time between two of its heartbeats, as it announced it.</summary>
    public TimeSpan Interval => _subscription.Interval;

    /// <summary>Everything up to this number was sent to it, does not match, or is in a gap.</summary>
    public ulong Position { get; private set; }

    /// <summary>Messages that it missed because it was too slow.</summary>
    public long Missed { get; private set; }

    /// <summary>The missed messages that are not published as dropped yet.</summary>
    public long Unreported { get; private set; }

    private bool CanTake => _credit > 0 && _inFlight < _most;

    public void Grant(uint commands)
    {
        _credit += commands;
        _inFlight = Math.Max(0, _inFlight - commands);
    }

    public bool Wants(RetainedMessage message)
    {
        foreach (var prefix in Prefixes)
            if (message.Topic.Span.StartsWith(prefix.Span)) return true;
        return false;
    }

    /// <summary>True when this subscriber wants the message, which is no longer kept, and has not been sent it.</summary>
    public bool Misses(RetainedMessage message) => message.Number > Position && Wants(message);

    public void CountMissed()
    {
        Missed++;
        Unreported++;
    }

    public long TakeUnreported()
    {
        var unreported = Unreported;
        Unreported = 0;
        return unreported;
    }

    /// <summary>The next command for it; null when it has had everything, or its credit is used up.</summary>
    public Message? Next(RetainedLog log)
    {
        while (log.After(Position) is { } next)
        {
            var wanted = Wants(next);
            if (wanted && !CanTake) return null;
            if (next.Number > Position + 1) Note(Position + 1, next.Number - 1);
            Position = next.Number - 1;
            if (wanted && TakeGap() is { } gap) return gap;
            Position = next.Number;
            if (!wanted) continue;
            Use();
            return EventOf(next);
        }
        if (log.Latest > Position) Note(Position + 1, log.Latest);
        Position = log.Latest;
        return CanTake ? TakeGap() : null;
    }

    private void Note(ulong first, ulong last)
    {
        if (last <= _silentUntil) return;
        if (_gapLast == 0) _gapFirst = Math.Max(first, _silentUntil + 1);
        _gapLast = last;
    }

    private Message? TakeGap()
    {
        if (_gapLast == 0) return null;
        var gap = BroadcastCodec.Write(new BroadcastCommand.Gap(_gapFirst, _gapLast)).Prepend(RoutingId);
        _gapLast = 0;
        Use();
        return gap;
    }

    private void Use()
    {
        _credit--;
        _inFlight++;
    }

    private Message EventOf(RetainedMessage message)
    {
        var payload = message.Payload;
        var frames = new ReadOnlyMemory<byte>[2 + payload.FrameCount];
        frames[0] = RoutingId;
        frames[1] = message.Head;
        for (var i = 0; i < payload.FrameCount; i++) frames[2 + i] = payload[i];
        return new Message(frames);
    }
}
