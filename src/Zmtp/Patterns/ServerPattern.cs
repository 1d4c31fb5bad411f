using Actors.Zmtp.Pipes;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Patterns;

/// <summary>
/// SERVER (RFC 41): each peer has a number, which a received message bears and a message to be sent names. A message to
/// an unknown peer is an error, one to a peer whose queue is full waits.
/// </summary>
internal class ServerPattern(SocketCore socket) : ReceivingPattern(socket)
{
    private readonly Dictionary<uint, Pipe> _peers = [];
    private uint _lastNumber = (uint)Random.Shared.Next();

    public override bool HasOut => true;

    public override void Attach(Pipe pipe)
    {
        if (pipe.RoutingNumber == 0)
        {
            pipe.RoutingNumber = NextNumber();
            _peers.Add(pipe.RoutingNumber, pipe);
        }

        base.Attach(pipe);
    }

    public override void Terminated(Pipe pipe)
    {
        _peers.Remove(pipe.RoutingNumber);
        base.Terminated(pipe);
    }

    public override bool TrySend(ref Msg msg, bool more)
    {
        if (!TryFind(msg.RoutingId, out Pipe pipe))
        {
            return false;
        }

        pipe.Out.Write(ref msg, more: false);
        pipe.Out.Commit();
        msg.Finish();
        return true;
    }

    public override bool TryReceive(ref Msg msg)
    {
        if (!In.TryReceiveSinglePart(ref msg))
        {
            return false;
        }

        msg.RoutingId = In.Last!.RoutingNumber;
        return true;
    }

    /// <summary>The pipe to a peer, with room for a message; false when it is full, and will tell when it is not.</summary>
    /// <exception cref="HostUnreachableException">There is no such peer.</exception>
    protected bool TryFind(uint number, out Pipe pipe)
    {
        if (!_peers.TryGetValue(number, out pipe!))
        {
            throw new HostUnreachableException($"No peer has the routing id {number}; expected is that of a received message whose peer is still connected.");
        }

        return pipe.Out.HasRoom() || !pipe.Out.WaitForRoom();
    }

    protected bool Knows(uint number) => _peers.ContainsKey(number);

    private uint NextNumber()
    {
        do
        {
            _lastNumber++;
        }
        while (_lastNumber == 0 || _peers.ContainsKey(_lastNumber));
        return _lastNumber;
    }
}
