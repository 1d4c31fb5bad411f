using System.Buffers;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Patterns;

/// <summary>
/// REP (RFC 28): takes a request, keeps its address envelope (all frames up to the first empty one), and sends the next
/// message back to the peer behind the same envelope.
/// </summary>
internal sealed class RepPattern(SocketCore socket) : ReceivingPattern(socket)
{
    private readonly ArrayBufferWriter<byte> _envelope = new();
    private readonly List<int> _envelopeLengths = [];

    private Pipe? _peer;
    private bool _inRequest;
    private bool _replying;
    private bool _sendingMore;

    public override bool HasIn => !_replying && FindRequest();

    public override bool HasOut => _replying;

    public override void Terminated(Pipe pipe)
    {
        if (ReferenceEquals(pipe, _peer))
        {
            // The reply has nobody to go to.
            _peer = null;
        }

        base.Terminated(pipe);
    }

    public override bool TryReceive(ref Msg msg)
    {
        if (_replying)
        {
            throw new FiniteStateMachineException("A REP socket receives again only after it has sent the reply.");
        }

        if (!FindRequest())
        {
            return false;
        }

        if (!In.TryReceive(ref msg))
        {
            _inRequest = false;
            return false;
        }

        if (!msg.HasMore)
        {
            _inRequest = false;
            _replying = true;
        }

        return true;
    }

    public override bool TrySend(ref Msg msg, bool more)
    {
        if (!_replying)
        {
            throw new FiniteStateMachineException("A REP socket sends only after it has received a whole request.");
        }

        if (!_sendingMore)
        {
            // Without room at the peer the reply is dropped, as a ROUTER does.
            if (_peer is { } peer && (peer.Out.HasRoom() || !peer.Out.WaitForRoom()))
            {
                WriteEnvelope(peer.Out);
            }
            else
            {
                _peer?.CountDropped();
                _peer = null;
            }
        }

        if (_peer is not null)
        {
            _peer.Out.Write(ref msg, more);
            if (!more)
            {
                _peer.Out.Commit();
            }
        }

        _sendingMore = more;
        _replying = more;
        msg.Finish();
        return true;
    }

    protected override void DropTorn() => _inRequest = false;

    private void WriteEnvelope(PipeWriter writer)
    {
        int offset = 0;
        foreach (int length in _envelopeLengths)
        {
            writer.Write(_envelope.WrittenSpan.Slice(offset, length), more: true);
            offset += length;
        }
    }

    /// <summary>Reads on to the body of the next request; a message without an envelope is passed over.</summary>
    private bool FindRequest()
    {
        Msg frame = default;
        while (!_inRequest)
        {
            if (!In.TryReceive(ref frame))
            {
                return false;
            }

            _envelope.ResetWrittenCount();
            _envelopeLengths.Clear();
            while (true)
            {
                _envelope.Write(frame.Slice());
                _envelopeLengths.Add(frame.Size);
                bool more = frame.HasMore;
                bool delimiter = frame.Size == 0;
                frame.Close();
                if (!more)
                {
                    // No body.
                    break;
                }

                if (delimiter)
                {
                    _inRequest = true;
                    _peer = In.Last!.IsTerminated ? null : In.Last;
                    break;
                }

                In.TryReceive(ref frame);
            }
        }

        return true;
    }
}
