using Actors.Zmtp.Connections;
using Actors.Zmtp.Pipes;
using Actors.Zmtp.Protocol;
using Actors.Zmtp.Sockets;

namespace Actors.Zmtp.Patterns;

/// <summary>
/// XPUB and PUB (RFC 29): sends each message to all peers that subscribed to a prefix of its first frame; one that
/// cannot take it misses it. An XPUB also receives the subscriptions.
/// </summary>
internal sealed class XPubPattern(SocketCore socket, bool receives) : Pattern(socket), ISubscriptions
{
    /// <summary>Neither of the two octets that begin a subscription or a cancel.</summary>
    private const byte BroadcastMark = 2;

    private readonly SubscriptionTrie<Pipe> _subscriptions = new();
    private readonly List<Pipe> _targets = [];
    private readonly FairBacklog _received = new();
    private readonly Dictionary<Pipe, (int Frames, long Bytes)> _unread = [];
    private Pipe? _lastSubscriber;
    private Pipe? _broadcaster;
    private bool _receivingMore;
    private bool _sendingMore;

    /// <summary>All subscriptions are received, not only the first of each prefix.</summary>
    public bool Verbose { get; set; }

    /// <summary>Subscriptions do nothing by themselves: the one who receives them calls <see cref="Subscribe"/>.</summary>
    public bool Manual { get; set; }

    /// <summary>A message that one of its subscribers cannot take waits, and with it all others, instead of being dropped for that one.</summary>
    public bool NoDrop { get; set; }

    /// <summary>A message that begins with <see cref="BroadcastMark"/> is not sent back to whom it came from.</summary>
    public bool Broadcast { get; set; }

    /// <summary>Is sent to each new subscriber.</summary>
    public byte[]? WelcomeMessage { get; set; }

    public override bool HasIn => receives && !_received.IsEmpty;

    public override bool HasOut => true;

    public override void Attach(Pipe pipe)
    {
        BeginAnew(pipe);
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
                BeginAnew(pipe);
                Take(pipe, ref frame);
                frame.Close();
            }
        }
        while (!pipe.In.WaitForMessage() && !pipe.In.IsAtEnd);
    }

    public override void Terminated(Pipe pipe)
    {
        Readable(pipe);
        Unsubscribe(pipe);
        _unread.Remove(pipe);
        _targets.Remove(pipe);
        if (ReferenceEquals(_lastSubscriber, pipe))
        {
            _lastSubscriber = null;
        }

        if (ReferenceEquals(_broadcaster, pipe))
        {
            _broadcaster = null;
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
        if (_broadcaster is not null)
        {
            subscribers = Others(subscribers);
        }

        if (NoDrop && WaitsForRoom(subscribers))
        {
            return false;
        }

        _broadcaster = null;
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

    /// <summary>
    /// A peer that was connected again says anew what it wants. It may have said so before this socket hears of its connection,
    /// and that is not to be forgotten then.
    /// </summary>
    private void BeginAnew(Pipe pipe)
    {
        if (pipe.SubscribedOn != pipe.Connections)
        {
            pipe.SubscribedOn = pipe.Connections;
            Unsubscribe(pipe);
        }
    }

    /// <summary>All but the peer whose broadcast is sent on.</summary>
    private ReadOnlySpan<Pipe> Others(ReadOnlySpan<Pipe> subscribers) => subscribers.ToArray().Where(pipe => pipe != _broadcaster).ToArray();

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

    /// <summary>True if a pipe is full, which then signals when it has room.</summary>
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
        if (!receives)
        {
            return base.TryReceive(ref msg);
        }

        if (!_received.TryDequeue(out ReceivedFrame next))
        {
            return false;
        }

        _lastSubscriber = next.From;
        if (!_receivingMore)
        {
            _broadcaster = Broadcast && next.Frame is [BroadcastMark, ..] ? next.From : null;
        }

        _receivingMore = next.More;
        if (next.From is not null && _unread.TryGetValue(next.From, out (int Frames, long Bytes) unread))
        {
            _unread[next.From] = (unread.Frames - 1, unread.Bytes - next.Frame.Length);
        }

        msg.InitGiven(next.Frame);
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
            Enqueue(pipe, new ReceivedFrame(bytes.ToArray(), frame.HasMore, pipe));
        }

        pipe.ReceivingMore = frame.HasMore;
    }

    private void Unsubscribe(Pipe pipe)
        => _subscriptions.RemoveAll(pipe, static (prefix, to) => to.Pattern.Notify(0, prefix, to.Pipe, from: null), (Pattern: this, Pipe: pipe));

    private void Change(Pipe pipe, bool subscribe, ReadOnlySpan<byte> prefix)
    {
        ConnectionLimits limits = Socket.Settings.Limits;
        if (subscribe && limits.MaxTopicSize > 0 && prefix.Length > limits.MaxTopicSize)
        {
            pipe.Refuse($"the peer subscribed to a topic of {prefix.Length} bytes, MaxTopicSize allows {limits.MaxTopicSize}");
            return;
        }

        if (Manual)
        {
            Notify(subscribe ? (byte)1 : (byte)0, prefix, pipe, pipe);
            return;
        }

        bool told = subscribe ? _subscriptions.Add(prefix, pipe) : _subscriptions.Remove(prefix, pipe);
        if (told || (subscribe && Verbose))
        {
            Notify(subscribe ? (byte)1 : (byte)0, prefix, pipe, pipe);
        }

        (int prefixes, long octets) = _subscriptions.CountOf(pipe);
        Check(pipe, prefixes, octets, "subscribes to");
    }

    /// <summary>Holds a peer to what it may take of the memory of this process.</summary>
    private void Check(Pipe pipe, int count, long bytes, string what)
    {
        ConnectionLimits limits = Socket.Settings.Limits;
        if (limits.MaxSubscriptions > 0 && count > limits.MaxSubscriptions)
        {
            pipe.Refuse($"the peer {what} {count} topics, MaxSubscriptions allows {limits.MaxSubscriptions}");
        }
        else if (limits.MaxSubscriptionBytes > 0 && bytes > limits.MaxSubscriptionBytes)
        {
            pipe.Refuse($"the peer {what} topics of {bytes} bytes, MaxSubscriptionBytes allows {limits.MaxSubscriptionBytes}");
        }
    }

    private void Notify(byte what, ReadOnlySpan<byte> prefix, Pipe pipe, Pipe? from)
    {
        if (receives)
        {
            byte[] frame = new byte[1 + prefix.Length];
            frame[0] = what;
            prefix.CopyTo(frame.AsSpan(1));
            Enqueue(pipe, new ReceivedFrame(frame, More: false, from));
        }
    }

    /// <summary>Subscriptions that nobody receives from an XPUB are held to the same limits.</summary>
    private void Enqueue(Pipe pipe, ReceivedFrame received)
    {
        _received.Enqueue(pipe, received);
        if (received.From is { } from)
        {
            _unread.TryGetValue(from, out (int Frames, long Bytes) unread);
            unread = (unread.Frames + 1, unread.Bytes + received.Frame.Length);
            _unread[from] = unread;
            Check(from, unread.Frames, unread.Bytes, "has sent, and nobody received,");
        }
    }
}
