using System.Globalization;
using Akka.Actor;
using Akka.Event;

namespace Akka.Routing;

/// <summary>A message that knows by which key it is routed.</summary>
public interface IConsistentHashable
{
    object ConsistentHashKey { get; }
}

/// <summary>Returns the key of a message, or null for a message that it does not know.</summary>
public delegate object? ConsistentHashMapping(object msg);

/// <summary>Gives a key to a message that has none of its own; the routee receives the message inside.</summary>
public sealed class ConsistentHashableEnvelope : RouterEnvelope, IConsistentHashable, IWrappedMessage
{
    public ConsistentHashableEnvelope(object message, object hashKey)
        : base(message)
    {
        HashKey = hashKey;
    }

    public object HashKey { get; }

    public object ConsistentHashKey => HashKey;
}

/// <summary>
/// Sends messages of equal keys to the same routee. The key comes from the mapping, or else from the message as an
/// <see cref="IConsistentHashable"/>. A message without a key becomes a dead letter, with a warning.
/// </summary>
public sealed class ConsistentHashingRoutingLogic : RoutingLogic
{
    private readonly ActorSystem _system;
    private readonly int _virtualNodesFactor;
    private readonly ConsistentHashMapping? _hashMapping;
    private readonly Lazy<ILoggingAdapter> _log;
    private volatile Ring? _ring;

    public ConsistentHashingRoutingLogic(ActorSystem system)
        : this(system, 0, null)
    {
    }

    /// <param name="virtualNodesFactor">Points of the ring for each routee; 0 takes the system's default.</param>
    public ConsistentHashingRoutingLogic(ActorSystem system, int virtualNodesFactor, ConsistentHashMapping? hashMapping)
    {
        ArgumentNullException.ThrowIfNull(system);
        _system = system;
        _virtualNodesFactor = virtualNodesFactor > 0 ? virtualNodesFactor : system.Settings.DefaultVirtualNodesFactor;
        _hashMapping = hashMapping;
        _log = new Lazy<ILoggingAdapter>(() => Logging.GetLogger(system, this));
    }

    public ConsistentHashingRoutingLogic WithHashMapping(ConsistentHashMapping mapping) =>
        new(_system, _virtualNodesFactor, mapping);

    public override Routee Select(object message, Routee[] routees)
    {
        if (routees.Length == 0)
        {
            return Routee.NoRoutee;
        }

        var key = _hashMapping?.Invoke(message) ?? (message as IConsistentHashable)?.ConsistentHashKey;
        if (key is null)
        {
            _log.Value.Warning(
                "Message [{0}] has no key: handle it in the hashMapping, implement [{1}], or wrap it in a [{2}].",
                message.GetType().Name,
                nameof(IConsistentHashable),
                nameof(ConsistentHashableEnvelope));
            return Routee.NoRoutee;
        }

        return RingFor(routees).NodeAt(HashOf(key)).Routee;
    }

    // Keys other than strings and bytes need be stable only where they are equal, in this process.
    private static int HashOf(object key) => key switch
    {
        string text => RingHash.Of(text),
        byte[] bytes => RingHash.Of(bytes),
        IFormattable value => RingHash.Of(value.ToString(null, CultureInfo.InvariantCulture)),
        _ => RingHash.Of(BitConverter.GetBytes(key.GetHashCode())),
    };

    // A router's array of routees is replaced, never changed, so the same array means the same ring.
    private ConsistentHash<Node> RingFor(Routee[] routees)
    {
        var ring = _ring;
        if (ring is null || !ReferenceEquals(ring.Routees, routees))
        {
            ring = new Ring(routees, ConsistentHash.Create(routees.Select(r => new Node(r)), _virtualNodesFactor));
            _ring = ring;
        }

        return ring.Nodes;
    }

    private sealed record Ring(Routee[] Routees, ConsistentHash<Node> Nodes);

    private sealed record Node(Routee Routee)
    {
        public override string ToString() => Routee switch
        {
            ActorRefRoutee reference => reference.Actor.Path.ToString(),
            ActorSelectionRoutee selection => selection.Selection.ToString()!,
            _ => Routee.ToString()!,
        };
    }
}
