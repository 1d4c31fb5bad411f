using System.Collections.Concurrent;
using Actors.Grains.Calls;

namespace Actors.Grains.Runtime;

/// <summary>A kind of grains on a node that hosts it: its class, its settings, and its activations.</summary>
internal sealed class KindHost(KindRoute route, GrainInterface grains, GrainClass @class, GrainKindOptions options)
{
    private readonly ConcurrentDictionary<string, Activation> _activations = new(StringComparer.Ordinal);

    public KindRoute Route => route;

    public GrainRuntime Runtime => route.Runtime;

    public string Kind => grains.Kind;

    public GrainInterface Interface => grains;

    public GrainClass Class => @class;

    public GrainKindOptions Options => options;

    public TimeProvider Time => route.Runtime.Time;

    public int Activations => _activations.Count;

    public Activation? Find(string key) => _activations.GetValueOrDefault(key);

    public void Remember(Activation activation) => _activations[activation.Key] = activation;

    /// <summary>Nothing happens when the key has another activation already.</summary>
    public void Forget(Activation activation) => _activations.TryRemove(new KeyValuePair<string, Activation>(activation.Key, activation));

    /// <summary>Ends calls whose time is up, and activations that are idle.</summary>
    public void Look(long now)
    {
        foreach (var (_, activation) in _activations) activation.Look(now);
    }
}
