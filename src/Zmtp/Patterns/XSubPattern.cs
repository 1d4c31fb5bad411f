using Actors.Zmtp.Connections;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Patterns;

/// <summary>
/// XSUB and SUB (RFC 29): tells all peers what it subscribes to, and receives from them in turn. A SUB drops what it
/// has not subscribed to, which a peer may send on its own account.
/// </summary>
internal sealed class XSubPattern : Pattern, ISubscriber, ISubscriptions
{
    private readonly FairQueue _in = new();
    private readonly SubscriptionSet _subscriptions = new(SubscriptionCommand.Write);
    private readonly List<Pipe> _out = [];
    private readonly List<Pipe> _targets = [];
    private readonly bool _filters;

    private bool _sendingMore;

    // The first frame of a message that passed the filter and is not handed out yet.
    private Msg _held;
    private bool _hasHeld;
    private bool _receivingMore;

    public XSubPattern(SocketCore socket, bool filters)
        : base(socket)
    {
        _filters = filters;
        _in.Ended = socket.Forget;
    }

    public override bool HasIn => _receivingMore || FindMessage();

    public override bool HasOut => true;

    public override void Attach(Pipe pipe)
    {
        _in.Add(pipe);
        if (_out.Contains(pipe))
        {
            return;
        }

        _out.Add(pipe);
        if (pipe.IsInproc)
        {
            _subscriptions.ForEach(prefix => pipe.Tell(subscribe: true, prefix));
        }
    }

    public override void Readable(Pipe pipe) => _in.Activate(pipe);

    public override void Terminated(Pipe pipe)
    {
        _out.Remove(pipe);
        _targets.Remove(pipe);
        _in.Activate(pipe);
    }

    public ISubscriptionSource CreateSource(Session session) => _subscriptions.CreateSource(session);

    public void RemoveSource(ISubscriptionSource source) => _subscriptions.RemoveSource(source);

    public void Subscribe(ReadOnlySpan<byte> prefix)
    {
        if (_subscriptions.Add(prefix))
        {
            _out.Tell(subscribe: true, prefix);
        }
    }

    public void Unsubscribe(ReadOnlySpan<byte> prefix)
    {
        if (_subscriptions.Remove(prefix))
        {
            _out.Tell(subscribe: false, prefix);
        }
    }

    /// <summary>A frame of 1 or 0 and a prefix subscribes or cancels; other messages go to all peers.</summary>
    public override bool TrySend(ref Msg msg, bool more)
    {
        if (_filters)
        {
            return base.TrySend(ref msg, more);
        }

        ReadOnlySpan<byte> bytes = msg.Slice();
        if (!_sendingMore && !more && bytes.Length > 0 && bytes[0] <= 1)
        {
            if (bytes[0] == 1)
            {
                Subscribe(bytes[1..]);
            }
            else
            {
                Unsubscribe(bytes[1..]);
            }

            msg.Finish();
            return true;
        }

        if (!_sendingMore)
        {
            _targets.Clear();
            foreach (Pipe pipe in _out)
            {
                if (pipe.Out.HasRoom())
                {
                    _targets.Add(pipe);
                }
                else
                {
                    pipe.CountDropped();
                }
            }
        }

        _targets.WriteToAll(ref msg, more);
        _sendingMore = more;
        return true;
    }

    public override bool TryReceive(ref Msg msg)
    {
        if (_receivingMore)
        {
            _in.TryReceive(ref msg);
        }
        else if (!FindMessage())
        {
            return false;
        }
        else
        {
            msg = _held;
            _held = default;
            _hasHeld = false;
        }

        _receivingMore = msg.HasMore;
        return true;
    }

    private bool FindMessage()
    {
        while (!_hasHeld)
        {
            if (!_in.TryReceive(ref _held))
            {
                return false;
            }

            if (!_filters || _subscriptions.Matches(_held.Slice()))
            {
                _hasHeld = true;
            }
            else
            {
                bool more = _held.HasMore;
                _held.Close();
                if (more)
                {
                    _in.SkipMessage();
                }
            }
        }

        return true;
    }
}
