using Actors.Transport;

namespace Actors;

/// <summary>
/// The messages that a publish role keeps, by number: the latest ones without a gap and, with <see cref="Retain.Last"/>,
/// the last values of topics before them.
/// </summary>
/// <remarks>Belongs to one role actor; not safe for concurrent use. Every message gets the number behind the last, from 1.</remarks>
internal sealed class RetainedLog
{
    private readonly RetainedSettings _settings;
    private readonly Action<RetainedMessage> _forgotten;
    private readonly NumberedRing _recent = new();
    private readonly Dictionary<ReadOnlyMemory<byte>, RetainedMessage>? _lastOfTopic;
    private readonly SortedSet<RetainedMessage> _values = new(ByNumber.Instance);
    private long _valueBytes;

    /// <param name="settings">What to keep, and how much.</param>
    /// <param name="forgotten">Called with each message that is no longer kept.</param>
    public RetainedLog(RetainedSettings settings, Action<RetainedMessage> forgotten)
    {
        _settings = settings;
        _forgotten = forgotten;
        if (settings.Retain == Retain.Last) _lastOfTopic = new Dictionary<ReadOnlyMemory<byte>, RetainedMessage>(RoutingIdComparer.Instance);
    }

    /// <summary>The number of the message published last; 0 before the first.</summary>
    public ulong Latest { get; private set; }

    /// <summary>The messages that are kept.</summary>
    public int Count => _recent.Count + _values.Count;

    /// <summary>The payload bytes that are kept.</summary>
    public long Bytes => _recent.Bytes + _valueBytes;

    public void Append(Message message, TimeSpan now)
    {
        var added = new RetainedMessage(++Latest, message, now);
        _recent.Add(added);
        if (_lastOfTopic is not null)
        {
            var superseded = _lastOfTopic.GetValueOrDefault(added.Topic);
            // The key is a frame of the new message, so that the old message can be collected.
            if (superseded is not null) _lastOfTopic.Remove(superseded.Topic);
            _lastOfTopic.Add(added.Topic, added);
            if (superseded is not null && RemoveValue(superseded)) _forgotten(superseded);
        }
        while (_recent.Count > _settings.Count || (_recent.Bytes > _settings.Bytes && _recent.Count > 1)) Retire(_recent.RemoveOldest());
        Expire(now);
    }

    /// <summary>Forgets what is older than the longest age.</summary>
    public void Expire(TimeSpan now)
    {
        if (_settings.Age is not { } age) return;
        while (_values.Min is { } oldest && now - oldest.Since >= age) Forget(oldest);
        while (_recent.Oldest is { } oldest && now - oldest.Since >= age) Forget(_recent.RemoveOldest());
    }

    /// <summary>The first message behind that number that is kept, or null.</summary>
    public RetainedMessage? After(ulong number)
    {
        if (number >= Latest) return null;
        var first = _recent.Oldest?.Number ?? Latest + 1;
        if (number + 1 >= first) return _recent.At(number + 1);
        if (_values.Max is { } last && last.Number > number)
            return _values.GetViewBetween(new RetainedMessage(number + 1, Nothing, default), last).Min;
        return _recent.Oldest;
    }

    private static Message Nothing { get; } = new(ReadOnlyMemory<byte>.Empty);

    /// <summary>A message leaves the latest ones. It stays as a value if it is the last one of its topic.</summary>
    private void Retire(RetainedMessage message)
    {
        if (_lastOfTopic is null || _lastOfTopic[message.Topic] != message)
        {
            _forgotten(message);
            return;
        }
        _values.Add(message);
        _valueBytes += message.Size;
        while (_values.Count > _settings.Topics || _valueBytes > _settings.Bytes) Forget(_values.Min!);
    }

    private void Forget(RetainedMessage message)
    {
        RemoveValue(message);
        if (_lastOfTopic?.GetValueOrDefault(message.Topic) == message) _lastOfTopic.Remove(message.Topic);
        _forgotten(message);
    }

    private bool RemoveValue(RetainedMessage message)
    {
        if (!_values.Remove(message)) return false;
        _valueBytes -= message.Size;
        return true;
    }

    private sealed class ByNumber : IComparer<RetainedMessage>
    {
        public static ByNumber Instance { get; } = new();

        public int Compare(RetainedMessage? x, RetainedMessage? y) => x!.Number.CompareTo(y!.Number);
    }
}
