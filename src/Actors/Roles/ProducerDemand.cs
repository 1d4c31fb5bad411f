using Akka.Actor;

namespace Actors;

/// <summary>
/// The demand that a role has granted to its producers and that they have not used yet. A producer can wait, so it is granted
/// no more than the free places, whatever the overflow rule does with messages of others.
/// </summary>
/// <remarks>Belongs to one role actor; not safe for concurrent use.</remarks>
internal sealed class ProducerDemand(IActorRef self)
{
    private readonly Dictionary<IActorRef, Producer> _producers = [];

    // Messages of one producer mostly come in a row.
    private Producer? _last;

    public void Add(IActorRef producer) => _producers.TryAdd(producer, new Producer(producer));

    public bool Remove(IActorRef producer)
    {
        _last = null;
        return _producers.Remove(producer);
    }

    /// <summary>Has the role register all of them again.</summary>
    public void RegisterAgain()
    {
        foreach (var producer in _producers.Keys) self.Tell(RegisterProducer.Instance, producer);
    }

    /// <summary>Messages came: if their sender is a producer, it has used that much of its demand.</summary>
    public void Used(IActorRef sender, int messages = 1)
    {
        if (_producers.Count == 0) return;
        if (!ReferenceEquals(_last?.Actor, sender)) _last = _producers.GetValueOrDefault(sender);
        if (_last is { Granted: > 0 }) _last.Granted = Math.Max(0, _last.Granted - messages);
    }

    /// <summary>Shares the places that are neither taken nor granted among the producers that have no demand left.</summary>
    public void Grant(int free)
    {
        if (_producers.Count == 0 || free < 1) return;
        foreach (var producer in _producers.Values) free -= producer.Granted;
        foreach (var producer in _producers.Values)
        {
            if (producer.Granted > 0) continue;
            if (free < 1) return;
            var share = Math.Max(1, free / _producers.Count);
            free -= share;
            producer.Granted = share;
            producer.Actor.Tell(new Demand(share), self);
        }
    }

    private sealed class Producer(IActorRef actor)
    {
        public IActorRef Actor => actor;

        public int Granted { get; set; }
    }
}
