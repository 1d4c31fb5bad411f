using System.Buffers.Binary;
using System.Security.Cryptography;
using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>
/// The publisher of the broadcast protocol, docs/protocols/broadcast.md: keeps messages, and sends each subscriber what it
/// has not had, in one order.
/// </summary>
/// <remarks>Belongs to one role actor; not safe for concurrent use.</remarks>
internal sealed class PublishingEnd
{
    private readonly string _role;
    private readonly RetainedSettings _settings;
    private readonly SocketLink _link;
    private readonly IActorRef _self;
    private readonly ILoggingAdapter _log;
    private readonly EventStream _events;
    private readonly TimeProvider _time;
    private readonly Action<long, string> _dropped;
    private readonly RetainedLog _retained;
    private readonly Dictionary<ReadOnlyMemory<byte>, Subscriber> _subscribers = new(RoutingIdComparer.Instance);

    // The same, never changed in place, for readers on other threads.
    private volatile Subscriber[] _all = [];
    private readonly long _mostInFlight;
    private readonly ulong _epoch;
    private long _displaced;

    /// <param name="role">The role's name.</param>
    /// <param name="settings">What to keep, and what to do with slow subscribers.</param>
    /// <param name="link">The ROUTER.</param>
    /// <param name="self">The role.</param>
    /// <param name="log">The role's log.</param>
    /// <param name="events">The event stream, which is told of subscriptions.</param>
    /// <param name="time">The role's clock.</param>
    /// <param name="dropped">Called with the number of messages that a slow subscriber missed, and its name.</param>
    public PublishingEnd(string role, RetainedSettings settings, SocketLink link, IActorRef self, ILoggingAdapter log, EventStream events, TimeProvider time, Action<long, string> dropped)
    {
        _role = role;
        _settings = settings;
        _link = link;
        _self = self;
        _log = log;
        _events = events;
        _time = time;
        _dropped = dropped;
        _retained = new RetainedLog(settings, OnForgotten);
        // A subscriber with more credit than its queue has places must not block the socket for the others.
        var queue = link.Spec.Settings.SendHighWaterMark;
        _mostInFlight = queue == 0 ? long.MaxValue : Math.Max(1, queue / 2);
        // 0 stands for a subscriber that knows of no epoch.
        Span<byte> random = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(random);
        _epoch = BinaryPrimitives.ReadUInt64BigEndian(random) | 1;
    }

    public SocketLink Link => _link;

    /// <summary>An upper bound of the messages that subscribers have yet to be sent, by their numbers. Read from any thread.</summary>
    public long Waiting
    {
        get
        {
            long waiting = 0;
            // Another thread may see a position that is newer than the latest number it has read.
            foreach (var subscriber in _all) waiting += Math.Max(0, (long)(_retained.Latest - subscriber.Position));
            return waiting;
        }
    }

    public RetainedStatus Status => new(
        _epoch,
        _retained.Latest,
        _retained.Count,
        _retained.Bytes,
        [.. _subscribers.Values.Select(subscriber => new SubscriberStatus(subscriber.Peer, subscriber.Position, subscriber.Missed))],
        _displaced);

    public void Publish(Message message)
    {
        _retained.Append(message, _time.Elapsed());
        foreach (var subscriber in _subscribers.Values) SendNext(subscriber);
    }

    public void SocketOpened()
    {
        foreach (var subscriber in _subscribers.Values.ToList()) Close(subscriber, "the socket was opened anew");
    }

    public void PeerGone(ReadOnlyMemory<byte> routingId)
    {
        if (_subscribers.TryGetValue(routingId, out var subscriber)) Close(subscriber, "the connection has ended");
    }

    public void Take(IReadOnlyList<Message> messages)
    {
        var now = _time.Elapsed();
        for (var i = 0; i < messages.Count; i++) OnMessage(messages[i], now);
    }

    /// <summary>Call this once in each heartbeat interval.</summary>
    public void Tick()
    {
        var now = _time.Elapsed();
        _retained.Expire(now);
        foreach (var subscriber in _subscribers.Values.ToList())
        {
            var silence = now - subscriber.LastHeard;
            if (silence >= _settings.Heartbeat.PatienceWith(subscriber.Interval))
            {
                Close(subscriber, $"it was silent for {silence.TotalMilliseconds} ms");
                continue;
            }
            Report(subscriber);
            SendNext(subscriber);
            Send(subscriber.RoutingId, new BroadcastCommand.Heartbeat());
        }
    }

    /// <summary>Ends the sessions, because the role stops.</summary>
    public void Stop()
    {
        foreach (var subscriber in _subscribers.Values)
        {
            Report(subscriber);
            Send(subscriber.RoutingId, new BroadcastCommand.Goodbye(GoodbyeReason.Stopping, _retained.Latest, "the publisher stops"));
        }
        _link.Outbound!.Flush();
    }

    private void OnMessage(Message message, TimeSpan now)
    {
        var routingId = message[0];
        _subscribers.TryGetValue(routingId, out var subscriber);
        if (subscriber is not null) subscriber.LastHeard = now;
        if (!BroadcastCodec.TryRead(message, 1, out var command, out var fault))
        {
            Refuse(routingId, subscriber, BroadcastError.Malformed, fault);
            return;
        }
        switch (command)
        {
            case BroadcastCommand.Subscribe subscribe: OnSubscribe(routingId, subscriber, subscribe, now); break;
            case BroadcastCommand.Credit credit when subscriber is not null:
                subscriber.Grant(credit.Commands);
                SendNext(subscriber);
                break;
            case BroadcastCommand.Heartbeat when subscriber is not null: break;
            // Only a heartbeat is answered, because a reconnecting socket may send much that it held from before.
            case BroadcastCommand.Heartbeat: Send(routingId, new BroadcastCommand.Error(BroadcastError.NoSession, "say SUBSCRIBE first")); break;
            case BroadcastCommand.Goodbye when subscriber is not null: Close(subscriber, "it said GOODBYE"); break;
            case BroadcastCommand.Error error: _log.Warning("{0}: {1} answered with the error {2}: {3}", _role, NameOf(routingId, subscriber), error.Code, error.Reason); break;
            case BroadcastCommand.Credit or BroadcastCommand.Goodbye: break;
            default: Refuse(routingId, subscriber, BroadcastError.Malformed, $"{command.GetType().Name.ToUpperInvariant()} is not for a publisher"); break;
        }
    }

    private void OnSubscribe(ReadOnlyMemory<byte> routingId, Subscriber? before, BroadcastCommand.Subscribe subscribe, TimeSpan now)
    {
        if (subscribe.Version != BroadcastCodec.Version)
        {
            Refuse(routingId, before, BroadcastError.Version, $"version {subscribe.Version} is not spoken here: expected {BroadcastCodec.Version}");
            return;
        }
        var known = subscribe.Epoch == _epoch;
        if (known && subscribe.Position > _retained.Latest)
        {
            Refuse(routingId, before, BroadcastError.Malformed, $"position {subscribe.Position} of this epoch was not reached yet: expected at most {_retained.Latest}");
            return;
        }
        if (before?.Session == subscribe.Session) return;
        if (before is not null) Close(before, "it began a new session");
        if (_subscribers.Count >= _settings.Sessions) DisplaceOne();
        var position = known ? subscribe.Position : 0;
        // A new subscriber asks for last values, and does not miss the values before them.
        var silentUntil = !known && _settings.Retain == Retain.Last ? _retained.Latest : 0;
        var subscriber = new Subscriber(routingId, subscribe, position, silentUntil, _mostInFlight) { LastHeard = now };
        _subscribers.Add(routingId, subscriber);
        _all = [.. _subscribers.Values];
        _log.Info("{0}: {1} subscribes from {2}, {3} behind", _role, subscriber.Peer, position, _retained.Latest - position);
        Send(routingId, new BroadcastCommand.Subscribed(subscribe.Session, _settings.Heartbeat.Interval, _epoch, position, _retained.Latest));
        foreach (var prefix in subscriber.Prefixes) _events.Publish(new TopicSubscribed(_role, prefix));
        SendNext(subscriber);
    }

    /// <summary>
    /// Ends the session whose subscriber was silent for longest, because it may be gone. It is not told: it learns that from the
    /// answer to its next heartbeat, so two subscribers for one place do not displace each other all the time.
    /// </summary>
    private void DisplaceOne()
    {
        var displaced = _subscribers.Values.MinBy(subscriber => subscriber.LastHeard)!;
        var why = $"there are more than {_settings.Sessions} subscribers, and it was silent for longest";
        _displaced++;
        _log.Warning("{0}: {1} has lost its session: {2}", _role, displaced.Peer, why);
        _events.Publish(new SubscriberDisconnected(_role, displaced.Peer, why));
        Close(displaced, why);
    }

    /// <summary>A message is no longer kept. Subscribers that have not been sent it do not keep up.</summary>
    private void OnForgotten(RetainedMessage message)
    {
        List<Subscriber>? tooSlow = null;
        foreach (var subscriber in _subscribers.Values)
        {
            if (!subscriber.Misses(message)) continue;
            subscriber.CountMissed();
            if (_settings.SlowSubscriber == SlowSubscriber.Disconnect) (tooSlow ??= []).Add(subscriber);
        }
        if (tooSlow is null) return;
        foreach (var subscriber in tooSlow) Disconnect(subscriber, message);
    }

    private void Disconnect(Subscriber subscriber, RetainedMessage message)
    {
        var why = $"it did not keep up: message {message.Number} is no longer kept";
        Send(subscriber.RoutingId, new BroadcastCommand.Goodbye(GoodbyeReason.TooSlow, _retained.Latest, why));
        _events.Publish(new SubscriberDisconnected(_role, subscriber.Peer, why));
        Close(subscriber, why);
    }

    private void SendNext(Subscriber subscriber)
    {
        while (subscriber.Next(_retained) is { } command) _link.Outbound!.Offer(command, _self);
    }

    private void Close(Subscriber subscriber, string why)
    {
        if (!_subscribers.Remove(subscriber.RoutingId)) return;
        _all = [.. _subscribers.Values];
        _log.Info("{0}: the session with {1} ends at {2}: {3}", _role, subscriber.Peer, subscriber.Position, why);
        Report(subscriber);
        foreach (var prefix in subscriber.Prefixes) _events.Publish(new TopicUnsubscribed(_role, prefix));
    }

    /// <summary>Publishes the number of messages that it has missed since the last report.</summary>
    private void Report(Subscriber subscriber)
    {
        if (subscriber.TakeUnreported() is > 0 and var count) _dropped(count, subscriber.Peer);
    }

    private void Refuse(ReadOnlyMemory<byte> routingId, Subscriber? subscriber, BroadcastError code, string reason)
    {
        _log.Warning("{0}: a command of {1} is refused: {2}", _role, NameOf(routingId, subscriber), reason);
        Send(routingId, new BroadcastCommand.Error(code, reason));
    }

    private static string NameOf(ReadOnlyMemory<byte> routingId, Subscriber? subscriber) => subscriber?.Peer ?? Convert.ToHexString(routingId.Span);

    private void Send(ReadOnlyMemory<byte> routingId, BroadcastCommand command) => _link.Outbound!.Offer(BroadcastCodec.Write(command).Prepend(routingId), _self);
}
