using System.Text;
using Actors.Transport;

namespace Actors.TestKit;

/// <summary>The far side of one connection of a <see cref="SimulatedSocket"/>. A peer that comes back is another one.</summary>
/// <remarks>Members may be called from any thread.</remarks>
public sealed class SimulatedPeer
{
    private readonly SimulatedSocket _socket;
    private readonly SentMessages _received = new();
    private readonly List<ReadOnlyMemory<byte>> _subscriptions = [];

    internal SimulatedPeer(SimulatedSocket socket, Peer identity)
    {
        _socket = socket;
        Identity = identity;
    }

    /// <summary>The routing id and the address by which the role knows the peer; events name it so.</summary>
    public Peer Identity { get; }

    /// <summary>True until the peer disconnects, or the socket fails, is opened anew or closes.</summary>
    public bool IsConnected => _socket.IsConnectedTo(this);

    /// <summary>What the role has sent to this peer, in order, as it arrives there: without the routing id that a ROUTER sends by.</summary>
    public IReadOnlyList<Message> Received => _received.All;

    /// <summary>The next of <see cref="Received"/>. Waits for it.</summary>
    /// <exception cref="TimeoutException">It has not come within <see cref="SimulatedNetwork.Patience"/>.</exception>
    public Message Expect() => _received.Next(_socket.Patience, $"the next message from {_socket.Name} to {Name}");

    /// <summary>
    /// Sends messages to the role, in this order. They wait in the socket while the role has not granted credit for them. A
    /// SUB or XSUB socket takes those that match its subscriptions.
    /// </summary>
    /// <exception cref="InvalidOperationException">The peer is not connected.</exception>
    public void Send(params Message[] messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        _socket.Receive(this, messages);
    }

    /// <summary>Subscribes to a prefix at a publish role, which sends this peer from now on what matches.</summary>
    /// <exception cref="InvalidOperationException">The role does not publish, or the peer is not connected.</exception>
    public void Subscribe(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        Subscribe(Encoding.UTF8.GetBytes(prefix), on: true);
    }

    /// <summary>Takes one subscription of the prefix back.</summary>
    /// <exception cref="InvalidOperationException">The role does not publish, or the peer is not connected.</exception>
    public void Unsubscribe(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        Subscribe(Encoding.UTF8.GetBytes(prefix), on: false);
    }

    /// <summary>
    /// Confirms to a subscribe role that its subscriptions are in force, as publish roles with
    /// <see cref="PublishSettings.ConfirmSubscriptions"/> do. A role that has not asked for it is told nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The peer is not connected.</exception>
    public void ConfirmSubscriptions() => _socket.ConfirmSubscriptions(this);

    /// <summary>Ends the connection.</summary>
    /// <param name="reason">Why, as the event says.</param>
    /// <exception cref="InvalidOperationException">The peer is not connected.</exception>
    public void Disconnect(string? reason = null) => _socket.Disconnect(this, reason);

    /// <summary>The address, and the routing id where the peer has one.</summary>
    public override string ToString() => Name;

    internal string Name => Identity.RoutingId is { } id ? $"{Identity.Address} ({Convert.ToHexString(id.Span)})" : $"{Identity.Address}";

    internal IReadOnlyCollection<ReadOnlyMemory<byte>> Subscriptions => _subscriptions;

    internal void Take(Message message) => _received.Add(message);

    internal bool Wants(Message message) => _subscriptions.Exists(prefix => message[0].Span.StartsWith(prefix.Span));

    private void Subscribe(ReadOnlyMemory<byte> prefix, bool on) => _socket.Subscribe(this, prefix, on, () =>
    {
        if (on) _subscriptions.Add(prefix);
        else if (_subscriptions.FindIndex(known => known.Span.SequenceEqual(prefix.Span)) is >= 0 and var index) _subscriptions.RemoveAt(index);
    });
}
