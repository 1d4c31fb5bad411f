using Akka.Actor;

namespace Actors.Remoting.Associations;

/// <summary>
/// Which process is at the address of each node, as far as Akka has had the time to hear of it. For the thread of the loop.
/// </summary>
/// <param name="time">Tells how long a process has been known.</param>
internal sealed class Incarnations(TimeProvider time)
{
    /// <summary>In place of a process, where none is known.</summary>
    public const ulong None = 0;

    /// <summary>Time that Akka has for hearing of a process that has taken the place of another.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    /// <summary>Peers may name any address. Of one that is forgotten, a restart is not noticed.</summary>
    public const int MostAddresses = 10_000;

    private readonly Dictionary<Address, Known> _known = [];
    private readonly Queue<Address> _order = new();

    /// <summary>A process was met at an address.</summary>
    public void Met(Address address, ulong incarnation)
    {
        if (_known.TryGetValue(address, out var known))
        {
            if (known.Incarnation != incarnation) _known[address] = new Known(incarnation, Settled(known), time.GetTimestamp());
            return;
        }
        if (_order.Count == MostAddresses) _known.Remove(_order.Dequeue());
        _order.Enqueue(address);
        _known[address] = new Known(incarnation, incarnation, time.GetTimestamp());
    }

    /// <summary>The process at an address; the one before it as long as Akka may believe in that; <see cref="None"/> where none was met.</summary>
    public ulong Believed(Address address) => _known.TryGetValue(address, out var known) ? Settled(known) : None;

    private ulong Settled(Known known) => time.GetElapsedTime(known.Since) < Settling ? known.Former : known.Incarnation;

    private readonly record struct Known(ulong Incarnation, ulong Former, long Since);
}
