using Actors.Transport;

namespace Actors.TestKit;

/// <summary>Messages in the order in which a role sent them. Written by the socket, read and waited for by the test.</summary>
internal sealed class SentMessages
{
    private readonly List<Message> _all = [];
    private int _read;

    public IReadOnlyList<Message> All
    {
        get
        {
            lock (_all) return [.. _all];
        }
    }

    public void Add(Message message)
    {
        lock (_all)
        {
            _all.Add(message);
            Monitor.PulseAll(_all);
        }
    }

    /// <summary>The first message that no call has returned before.</summary>
    /// <exception cref="TimeoutException">None has come in time.</exception>
    public Message Next(TimeSpan patience, string what)
    {
        lock (_all)
        {
            return Waiting.For(_all, patience, () => _read < _all.Count ? _all[_read++] : null)
                ?? throw new TimeoutException($"{what} did not come within {patience.TotalSeconds} s; before it came {_all.Count}{(_all.Count == 0 ? "" : $", the last of them {_all[^1]}")}");
        }
    }
}
