using Actors.Remoting.Associations;
using Actors.Remoting.Wire;
using Actors.Zmtp;
using Actors.Zmtp.Sockets;
using Akka.Actor;
using Akka.Event;
using Akka.Remote.Transport;

namespace Actors.Remoting.Sockets;

/// <summary>
/// Begins an association with a node: connects, with CURVE once for each key that the node may have, and waits for the answer to
/// ASSOCIATE. Ends with the association or the reason why there is none. For the thread of the loop.
/// </summary>
internal sealed class Dial
{
    private readonly Address _remote;
    private readonly AssociationContext _context;
    private readonly CurveNode? _curve;
    private readonly string _endpoint;
    private readonly Queue<string> _keys;
    private readonly TaskCompletionSource<AssociationHandle> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _patience;
    private DealerLink? _link;
    private string _key = "";
    private ZmqAssociation? _association;

    public Dial(Address remote, AssociationContext context, CurveNode? curve)
    {
        _remote = remote;
        _context = context;
        _curve = curve;
        _endpoint = RemoteEndpoint.Of(remote, context.Settings.Transport);
        _keys = new Queue<string>(curve?.CandidatesFor(remote) ?? [""]);
    }

    /// <summary>The address of the node.</summary>
    public Address Remote => _remote;

    public Task<AssociationHandle> Result => _result.Task;

    public void Start()
    {
        if (_context.Crossings.Begin(this) is { } refusal)
        {
            Fail(refusal);
            return;
        }
        var limit = _context.Settings.ConnectionTimeout;
        _patience = _context.Loop.After(limit, () => Fail($"no answer within {limit.TotalSeconds} s (connection-timeout)"));
        // The engine would wait until somebody is bound to the name.
        if (_context.Settings.Transport == ZmqRemoteTransport.Inproc && !IsBound(_endpoint)) Fail("no system of this process listens there");
        else Attempt();
    }

    private static bool IsBound(string endpoint) => ZmqContext.Current.Inproc.IsBound(endpoint["inproc://".Length..]);

    private void Attempt()
    {
        _key = _keys.Dequeue();
        var dealer = SocketSetup.Dealer(_context.Settings, _curve, _curve is null ? null : CurveKeyPair.FromPublicKey(_key).PublicKey);
        DealerLink? link = null;
        link = new DealerLink(dealer, _context.Loop)
        {
            Received = (first, second, tooMany) => Received(link!, first, second, tooMany),
            Lost = reason => Lost(link!, reason),
            Writable = () => _association?.Writable(),
        };
        _link = link;
        try
        {
            link.Connect(_endpoint);
        }
        catch (ZmqException error)
        {
            Fail(error.Message);
            return;
        }
        link.Send(AssociateFrame.Associate(new AssociateContent(_context.LocalAddress, _context.Incarnation, _context.Crossings.Incarnations.Believed(_remote))));
    }

    private void Received(DealerLink link, byte[] first, byte[]? second, bool tooMany)
    {
        if (_association is null)
        {
            Answered(link, first, tooMany || second is not null ? "the answer has more than one frame" : AssociateFrame.FaultOfAnswer(first));
            return;
        }
        if (first is [(byte)FrameKind.Goodbye, ..])
        {
            link.Close();
            _association.End($"the node says: {AssociateFrame.Reason(first)}");
            return;
        }
        var fault = tooMany ? "a message of more than two frames" : first.Length == 0 ? "an empty frame" : _association.Receive(first, second);
        if (fault is null) return;
        _context.Log.Warning("{0} has broken the protocol, and its connection is closed: {1}", _remote, fault);
        link.Send(AssociateFrame.Goodbye(fault));
        link.Close();
        _association.End(fault);
    }

    private void Answered(DealerLink link, byte[] answer, string? fault)
    {
        if (_result.Task.IsCompleted) return;
        if (fault is not null)
        {
            Fail(fault);
            return;
        }
        Over();
        _curve?.Remember(_remote, _key);
        _context.Crossings.Incarnations.Met(_remote, AssociateFrame.IncarnationOf(answer));
        _association = new ZmqAssociation(_remote, link, _context) { IsBegunHere = true };
        _result.SetResult(_association);
    }

    private void Lost(DealerLink link, string reason)
    {
        if (_association is not null) _association.End(reason);
        else if (!_result.Task.IsCompleted && !link.IsReady && _curve is not null && _keys.Count > 0) Attempt();
        else if (_curve is null || link.IsReady) Fail(reason);
        else Fail($"the node has none of the keys of curve.allowed, or this node's key is not one of the node's; the last attempt ended with: {reason}");
    }

    private void Fail(string reason)
    {
        Over();
        // Akka makes no difference between this and other exceptions.
        if (_result.TrySetException(new InvalidAssociationException($"No association with {_remote} at {_endpoint}: {reason}"))) _link?.Close();
    }

    private void Over()
    {
        _patience?.Dispose();
        _context.Crossings.End(this);
    }
}
