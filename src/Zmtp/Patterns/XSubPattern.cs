using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Patterns;

/// <summary>
/// XSUB and SUB (RFC 29): tells all peers what it subscribes to, and receives from them in turn. A SUB drops what it
/// has not subscribed to, which a peer may send on its own account.
/// </summary>
internal sealed class XSubPattern(SocketCore socket, bool filters) : SubscribingPattern(socket, SubscriptionCommand.Write)
{
    private readonly List<Pipe> _targets = [];

    private bool _sendingMore;

    // The first frame of a message that passed the filter and is not handed out yet.
    private Msg _held;
    private bool _hasHeld;
    private bool _receivingMore;

    public override bool HasIn => _receivingMore || FindMessage();

    public override bool HasOut => !filters;

    public override void Terminated(Pipe pipe)
    {
        _targets.Remove(pipe);
        base.Terminated(pipe);
    }

    /// <summary>A frame of 1 or 0 and a prefix subscribes or cancels; other messages go to all peers.</summary>
    public override bool TrySend(ref Msg msg, bool more)
    {
        if (filters)
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
            foreach (Pipe pipe in Peers)
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
            if (!In.TryReceive(ref msg))
            {
                _receivingMore = false;
                return false;
            }
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

    protected override void DropTorn()
    {
        _receivingMore = false;
        if (_hasHeld)
        {
            _held.Close();
            _held = default;
            _hasHeld = false;
        }
    }

    private bool FindMessage()
    {
        while (!_hasHeld)
        {
            if (!In.TryReceive(ref _held))
            {
                return false;
            }

            if (!filters || Matches(_held.Slice()))
            {
                _hasHeld = true;
            }
            else
            {
                bool more = _held.HasMore;
                _held.Close();
                if (more)
                {
                    In.SkipMessage();
                }
            }
        }

        return true;
    }
}
