using Actors.Zmtp.Connections;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Patterns;

/// <summary>A pattern that tells all its peers what it subscribes to, and receives from them in turn.</summary>
/// <param name="socket">Owns the pattern.</param>
/// <param name="write">The form in which a connection is told.</param>
internal abstract class SubscribingPattern(SocketCore socket, SubscriptionWriter write) : ReceivingPattern(socket), ISubscriber, ISubscriptions
{
    private readonly SubscriptionSet _subscriptions = new(write);

    /// <summary>The pipes of the peers that stand.</summary>
    protected List<Pipe> Peers { get; } = [];

    public override void Attach(Pipe pipe)
    {
        base.Attach(pipe);
        if (Peers.Contains(pipe))
        {
            return;
        }

        Peers.Add(pipe);
        if (pipe.IsInproc)
        {
            _subscriptions.ForEach(prefix => pipe.Tell(subscribe: true, prefix));
        }
    }

    public override void Terminated(Pipe pipe)
    {
        Peers.Remove(pipe);
        base.Terminated(pipe);
    }

    public ISubscriptionSource CreateSource(Session session) => _subscriptions.CreateSource(session);

    public void RemoveSource(ISubscriptionSource source) => _subscriptions.RemoveSource(source);

    public void Subscribe(ReadOnlySpan<byte> prefix)
    {
        if (_subscriptions.Add(prefix))
        {
            Peers.Tell(subscribe: true, prefix);
        }
    }

    public void Unsubscribe(ReadOnlySpan<byte> prefix)
    {
        if (_subscriptions.Remove(prefix))
        {
            Peers.Tell(subscribe: false, prefix);
        }
    }

    protected bool Matches(ReadOnlySpan<byte> topic) => _subscriptions.Matches(topic);
}
