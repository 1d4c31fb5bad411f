using Akka.Actor;

namespace Actors;

/// <summary>The demand that a role has granted to its producers and that they have not used yet.</summary>
/// <remarks>Belongs to one role actor; not safe for concurrent use.</remarks>
internal sealed class ProducerDemand(IActorRef self, bool unlimited)
{
    private readonly Dictionary<IActorRef, int> _granted = [];

    public void Add(IActorRef producer) => _granted.TryAdd(producer, 0);

    public bool Remove(IActorRef producer) => _granted.Remove(producer);

    /// <summary>One message came; where its sender is a producer, it used its demand.</summary>
    public void Used(IActorRef sender)
    {
        if (_granted.Count > 0 && _granted.TryGetValue(sender, out var granted) && granted is > 0 and < int.MaxValue)
            _granted[sender] = granted - 1;
    }

    /// <summary>Shares the places that are neither taken nor granted among the producers that have no demand left.</summary>
    public void Grant(int free)
    {
        if (_granted.Count == 0) return;
        foreach (var granted in _granted.Values) free = unlimited ? free : free - granted;
        foreach (var producer in _granted.Where(known => known.Value == 0).Select(known => known.Key).ToList())
        {
            if (!unlimited && free < 1) return;
            var share = unlimited ? int.MaxValue : Math.Max(1, free / _granted.Count);
            if (!unlimited) free -= share;
            _granted[producer] = share;
            producer.Tell(new Demand(share), self);
        }
    }
}
