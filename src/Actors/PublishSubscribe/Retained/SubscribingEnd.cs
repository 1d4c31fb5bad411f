using System.Security.Cryptography;
using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>
/// The subscriber of the broadcast protocol, docs/protocols/broadcast.md: a session with one publisher, and the position up to
/// which the handler was told everything.
/// </summary>
/// <remarks>Belongs to one role actor; not safe for concurrent use.</remarks>
internal sealed class SubscribingEnd(
    SubscribeSettings settings,
    HeartbeatSettings heartbeat,
    Func<IReadOnlyList<ReadOnlyMemory<byte>>> prefixes,
    SocketLink link,
    IActorRef self,
    ILoggingAdapter log,
    EventStream events,
    TimeProvider time,
    Action<object> tellHandler,
    bool tellsBatches)
{
    // Messages that are told as one batch, with a barrier of its own, so that a failure is known to be of that batch.
    private readonly List<Message> _together = [];
    private readonly string _role = settings.Name;
    private State _state = State.Closed;
    private uint _session;
    private TimeSpan _greetedAt;
    private TimeSpan _lastHeard;
    private TimeSpan _publisherHeartbeat;
    private ulong _epoch;
    private ulong _position;
    private (ulong Epoch, ulong Latest) _farewell;
    private int _inHand;
    private long _owed;
    private bool _draining;

    private enum State
    {
        /// <summary>There is no session.</summary>
        Closed,

        /// <summary>SUBSCRIBE was sent; everything but its answer is ignored.</summary>
        Subscribing,

        /// <summary>The subscription is in force.</summary>
        InForce,

        /// <summary>The publisher ended the session because the handler is too slow. The next one begins when it has caught up.</summary>
        CatchingUp,
    }

    public SocketLink Link => link;

    public bool IsInForce => _state == State.InForce;

    /// <summary>What the handler was told and has not worked through.</summary>
    public int InHand => _inHand;

    public long Received { get; private set; }

    public long Gaps { get; private set; }

    public long Repeats { get; private set; }

    public PublisherPosition Position
    {
        get => new(Endpoint, _epoch, _position);
        set => (_epoch, _position) = (value.Epoch, value.Number);
    }

    private string Endpoint => link.Spec.Connect[0];

    // ---- what the role passes on

    public void SocketOpened() => _state = State.Closed;

    public void PeerChanged(PeerEvent? what)
    {
        if (what is PeerConnected && _state == State.Closed) Subscribe();
        else if (what is null or PeerDisconnected && _state != State.CatchingUp) Close("the connection has ended");
    }

    /// <summary>Ends the session, and begins no other: what the handler was not told is still the publisher's.</summary>
    public void Drain()
    {
        Stop();
        Close("the subscriber stops");
        _draining = true;
    }

    /// <summary>Opens a session at the position reached, with the current prefixes, in place of the one that stands.</summary>
    public void Subscribe()
    {
        if (_draining) return;
        // Its own number tells the answer to this SUBSCRIBE from answers to earlier ones.
        _session = (uint)RandomNumberGenerator.GetInt32(int.MaxValue);
        _state = State.Subscribing;
        _greetedAt = time.Elapsed();
        _owed = 0;
        var credit = (uint)Math.Max(0, settings.InboundWindow - _inHand);
        Send(new BroadcastCommand.Subscribe(BroadcastCodec.Version, _session, heartbeat.Interval, _epoch, _position, credit, _role, prefixes()));
    }

    /// <summary>Subscribes with the current prefixes, if there is a connection.</summary>
    public void Renew()
    {
        if (_state is State.Subscribing or State.InForce) Subscribe();
    }

    public void Take(IReadOnlyList<Message> messages)
    {
        _lastHeard = time.Elapsed();
        var told = 0;
        foreach (var message in messages)
        {
            if (!BroadcastCodec.TryRead(message, 0, out var command, out var fault)) Refuse(fault);
            else if (OnCommand(command)) told++;
        }
        TellBatch();
        GiveCredit();
        if (told == 0) return;
        _inHand += told;
        // The handler answers it in the order of its mailbox, when it has worked through what it was told.
        tellHandler(new Identify(new HandlerWorked(this, told)));
    }

    /// <summary>The handler has worked through that many messages and gaps.</summary>
    public void Worked(int count)
    {
        _inHand -= count;
        if (_state == State.CatchingUp)
        {
            if (_inHand == 0) Subscribe();
            return;
        }
        _owed += count;
        GiveCredit();
    }

    /// <summary>Call this once in each heartbeat interval.</summary>
    public void Tick()
    {
        var now = time.Elapsed();
        if (_state == State.InForce)
        {
            if (now - _lastHeard < heartbeat.PatienceWith(_publisherHeartbeat))
            {
                Send(new BroadcastCommand.Heartbeat());
                return;
            }
            Close($"it was silent for {(now - _lastHeard).TotalMilliseconds} ms");
            Subscribe();
        }
        else if (_state != State.CatchingUp && link.Peers > 0 && now - _greetedAt >= heartbeat.Timeout)
        {
            Subscribe();
        }
    }

    public void Stop()
    {
        if (_state != State.InForce) return;
        Send(new BroadcastCommand.Goodbye(GoodbyeReason.Stopping, _position, "the subscriber stops"));
        link.Outbound!.Flush();
    }

    // ---- commands

    /// <summary>Returns true when the handler was told something that has no barrier yet.</summary>
    private bool OnCommand(BroadcastCommand command)
    {
        switch (command)
        {
            case BroadcastCommand.Subscribed answer:
                return _state == State.Subscribing && answer.Session == _session && OnSubscribed(answer);
            case BroadcastCommand.Error { Code: not BroadcastError.NoSession } error:
                log.Warning("{0}: {1} answered with the error {2}: {3}", _role, Endpoint, error.Code, error.Reason);
                return false;
            case BroadcastCommand.Subscribe or BroadcastCommand.Credit:
                Refuse($"{command.GetType().Name.ToUpperInvariant()} is not for a subscriber");
                return false;
        }
        // Whatever else comes before the answer belongs to a session that has ended. What its publisher said last may come
        // behind the news that the connection has ended, and holds all the same.
        if (_state is State.Closed or State.Subscribing && command is BroadcastCommand.Goodbye { Why: not GoodbyeReason.TooSlow } last) _farewell = (_epoch, last.Latest);
        if (_state != State.InForce) return false;
        switch (command)
        {
            case BroadcastCommand.Event sent: return OnEvent(sent);
            case BroadcastCommand.Gap gap: return OnGap(gap);
            case BroadcastCommand.Goodbye goodbye: OnGoodbye(goodbye); break;
            case BroadcastCommand.Error:
                Close("it knows of no session");
                Subscribe();
                break;
        }
        return false;
    }

    private bool OnSubscribed(BroadcastCommand.Subscribed answer)
    {
        _state = State.InForce;
        _publisherHeartbeat = answer.Interval;
        log.Info("{0}: subscribed to {1} from {2}, the latest is {3}", _role, Endpoint, answer.Position, answer.Latest);
        var told = answer.Epoch != _epoch && _epoch != 0 && TellEndOfEpoch();
        // A gap that the publisher did not send has not used its credit.
        if (told) _owed--;
        if (answer.Epoch != _epoch) (_epoch, _position) = (answer.Epoch, answer.Position);
        return told;
    }

    /// <summary>The publisher has started anew, and what it published last before that is lost.</summary>
    private bool TellEndOfEpoch()
    {
        ulong? latest = _farewell.Epoch == _epoch ? _farewell.Latest : null;
        if (latest <= _position) return false;
        TellGap(_position + 1, latest);
        return true;
    }

    private bool OnEvent(BroadcastCommand.Event sent)
    {
        if (sent.Number <= _position)
        {
            Repeats++;
            _owed++;
            return false;
        }
        _position = sent.Number;
        Received++;
        if (!tellsBatches)
        {
            tellHandler(sent.Payload);
            return true;
        }
        _together.Add(sent.Payload);
        return false;
    }

    private bool OnGap(BroadcastCommand.Gap gap)
    {
        if (gap.First > gap.Last || gap.First <= _position)
        {
            Refuse($"GAP names the messages {gap.First} to {gap.Last}: expected numbers behind {_position}");
            return false;
        }
        _position = gap.Last;
        TellGap(gap.First, gap.Last);
        return true;
    }

    private void OnGoodbye(BroadcastCommand.Goodbye goodbye)
    {
        Close(goodbye.Text);
        if (goodbye.Why != GoodbyeReason.TooSlow)
        {
            _farewell = (_epoch, goodbye.Latest);
            return;
        }
        log.Warning("{0}: {1} has ended the session: {2}", _role, Endpoint, goodbye.Text);
        events.Publish(new SubscriptionEnded(_role, Endpoint, goodbye.Text));
        _state = State.CatchingUp;
        TellBatch();
        // It follows what the handler has in hand, so its answer shows that the handler has caught up.
        _inHand++;
        tellHandler(new Identify(new HandlerWorked(this, 1)));
    }

    private void TellBatch()
    {
        if (_together.Count == 0) return;
        _inHand += _together.Count;
        tellHandler(MessageBatch.Of(_together.ToArray()));
        tellHandler(new Identify(new HandlerWorked(this, _together.Count)));
        _together.Clear();
    }

    private void TellGap(ulong first, ulong? last)
    {
        TellBatch();
        Gaps++;
        var gap = new SubscriptionGap(_role, Endpoint, _epoch, first, last);
        log.Warning("{0}: messages {1} to {2} of {3} are not there any more", _role, first, last?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "the last", Endpoint);
        tellHandler(gap);
        events.Publish(gap);
    }

    private void Close(string why)
    {
        if (_state == State.InForce) log.Info("{0}: the session with {1} ends at {2}: {3}", _role, Endpoint, _position, why);
        _state = State.Closed;
        _greetedAt = time.Elapsed();
    }

    // ---- credit

    private void GiveCredit()
    {
        if (_owed <= 0 || _state != State.InForce) return;
        Send(new BroadcastCommand.Credit((uint)_owed));
        _owed = 0;
    }

    private void Refuse(string reason)
    {
        log.Warning("{0}: a command of {1} is refused: {2}", _role, Endpoint, reason);
        Send(new BroadcastCommand.Error(BroadcastError.Malformed, reason));
    }

    private void Send(BroadcastCommand command) => link.Outbound!.Offer(BroadcastCodec.Write(command), self);
}

/// <summary>The correlation id of an <see cref="Identify"/> barrier: how many messages and gaps the handler was told before it.</summary>
internal sealed record HandlerWorked(SubscribingEnd End, int Count);
