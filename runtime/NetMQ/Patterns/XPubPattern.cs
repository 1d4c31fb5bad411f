using NetMQ.Pipes;
using NetMQ.Protocol;
using NetMQ.Sockets;

namespace NetMQ.Patterns;

/// <summary>
/// XPUB and PUB (RFC 29): sends each message to all peers that subscribed to a prefix of its first frame; one that
/// cannot take it misses it. An XPUB also receives the subscriptions.
/// </summary>
internal sealed class XPubPattern(SocketCore socket, bool receives) : Pattern(socket)
{
    private readonly SubscriptionTrie<Pipe> _subscriptions = new();
    private readonly List<Pipe> _targets = [];
    private readonly Queue<(byte[] Frame, bool More, Pipe From)> _received = new();
    private Pipe? _lastSubscriber;
    private bool _sendingMore;

    /// <summary>All subscriptions are received, not only the first of each prefix.</summary>
    public bool Verbose { get; set; }

    /// <summary>Subscriptions do nothing by themselves: the one who receives them calls <see cref="Subscribe"/>.</summary>
    public bool Manual { get; set; }

    /// <summary>A message that one of its subscribers cannot take waits, and with it all others, instead of being dropped for that one.</summary>
    public bool NoDrop { get; set; }

    /// <summary>Is sent to each new subscriber.</summary>
    public byte[]? WelcomeMessage { get; set; }

    public override bool HasIn => receives && _received.Count > 0;

    public override bool HasOut => true;

    public override void Attach(Pipe pipe)
    {
        if (WelcomeMessage is { } welcome && pipe.Out.HasRoom())
        {
            pipe.Out.Write(welcome, more: false);
            pipe.Out.Commit();
        }

        Readable(pipe);
    }

    public override void Readable(Pipe pipe)
    {
        Msg frame = default;
        do
        {
            while (pipe.In.TryRead(ref frame))
            {
                Take(pipe, ref frame);
                frame.Close();
            }
        }
        while (!pipe.In.WaitForMessage() && !pipe.In.IsAtEnd);
    }

    public override void Terminated(Pipe pipe)
    {
        Readable(pipe);
        _subscriptions.RemoveAll(pipe, static (prefix, pattern) => pattern.Notify(0, prefix, null), this);
        _targets.Remove(pipe);
        if (ReferenceEquals(_lastSubscriber, pipe))
        {
            _lastSubscriber = null;
        }

        Socket.Forget(pipe);
    }

    public override bool TrySend(ref Msg msg, bool more)
    {
        if (_sendingMore)
        {
            _targets.WriteToAll(ref msg, more);
            _sendingMore = more;
            return true;
        }

        ReadOnlySpan<Pipe> subscribers = _subscriptions.Match(msg.Slice());
        if (NoDrop && WaitsForRoom(subscribers))
        {
            return false;
        }

        if (!more && msg.Size < BlockPool.LargeFrame)
        {
            WriteWhole(msg.Slice(), subscribers);
            msg.Finish();
            return true;
        }

        _targets.Clear();
        foreach (Pipe pipe in subscribers)
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

        _targets.WriteToAll(ref msg, more);
        _sendingMore = more;
        return true;
    }

    /// <summary>A message of one small frame: each pipe is visited once, since with thousands of them a visit is a miss of the cache.</summary>
    private static void WriteWhole(ReadOnlySpan<byte> message, ReadOnlySpan<Pipe> subscribers)
    {
        foreach (Pipe pipe in subscribers)
        {
            if (pipe.Out.HasRoom())
            {
                pipe.Out.Write(message, more: false);
                pipe.Out.Commit();
            }
            else
            {
                pipe.CountDropped();
            }
        }
    }

    /// <summary>Whether a pipe is full, which will then tell when it is not.</summary>
    private static bool WaitsForRoom(ReadOnlySpan<Pipe> subscribers)
    {
        foreach (Pipe pipe in subscribers)
        {
            if (!pipe.Out.HasRoom() && pipe.Out.WaitForRoom())
            {
                return true;
            }
        }

        return false;
    }

    public override bool TryReceive(ref Msg msg)
    {
        if (!_received.TryDequeue(out (byte[] Frame, bool More, Pipe From) next))
        {
            return false;
        }

        _lastSubscriber = next.From;
        msg.InitGC(next.Frame, next.Frame.Length);
        if (next.More)
        {
            msg.SetFlags(MsgFlags.More);
        }

        return true;
    }

    /// <summary>Subscribes the peer whose subscription was received last.</summary>
    public void Subscribe(ReadOnlySpan<byte> prefix)
    {
        if (_lastSubscriber is { IsTerminated: false } pipe)
        {
            _subscriptions.Add(prefix, pipe);
        }
    }

    /// <summary>Takes a subscription of the peer back whose cancel was received last.</summary>
    public void Unsubscribe(ReadOnlySpan<byte> prefix)
    {
        if (_lastSubscriber is { } pipe)
        {
            _subscriptions.Remove(prefix, pipe);
        }
    }

    private void Take(Pipe pipe, ref Msg frame)
    {
        ReadOnlySpan<byte> bytes = frame.Slice();
        if ((frame.Flags & MsgFlags.Command) != 0)
        {
            if (Command.TryParse(bytes, out Command command) && command.Kind is CommandKind.Subscribe or CommandKind.Cancel)
            {
                Change(pipe, command.Kind == CommandKind.Subscribe, command.Data);
            }
        }
        else if (!pipe.ReceivingMore && !frame.HasMore && bytes.Length > 0 && bytes[0] <= 1)
        {
            Change(pipe, bytes[0] == 1, bytes[1..]);
        }
        else if (receives)
        {
            _received.Enqueue((bytes.ToArray(), frame.HasMore, pipe));
        }

        pipe.ReceivingMore = frame.HasMore;
    }

    private void Change(Pipe pipe, bool subscribe, ReadOnlySpan<byte> prefix)
    {
        if (Manual)
        {
            Notify(subscribe ? (byte)1 : (byte)0, prefix, pipe);
            return;
        }

        bool told = subscribe ? _subscriptions.Add(prefix, pipe) : _subscriptions.Remove(prefix, pipe);
        if (told || (subscribe && Verbose))
        {
            Notify(subscribe ? (byte)1 : (byte)0, prefix, pipe);
        }
    }

    private void Notify(byte what, ReadOnlySpan<byte> prefix, Pipe? pipe)
    {
        if (receives)
        {
            byte[] frame = new byte[1 + prefix.Length];
            frame[0] = what;
            prefix.CopyTo(frame.AsSpan(1));
            _received.Enqueue((frame, false, pipe!));
        }
    }
}
