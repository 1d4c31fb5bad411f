using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors;

/// <summary>The server's side of the session with one queue: docs/protocols/queue.md, section 3.</summary>
/// <param name="role">The reply role's name.</param>
/// <param name="link">The DEALER to the queue.</param>
/// <param name="ready">What the server announces.</param>
/// <param name="heartbeat">The heartbeats between the two.</param>
/// <param name="self">The role.</param>
/// <param name="log">The role's log.</param>
/// <param name="time">The role's clock.</param>
/// <remarks>Belongs to one role actor; not safe for concurrent use.</remarks>
internal sealed class QueueMembership(string role, SocketLink link, QueueReady ready, HeartbeatSettings heartbeat, IActorRef self, ILoggingAdapter log, TimeProvider time)
{
    private State _state;
    private TimeSpan _lastHeard;
    private TimeSpan _queueInterval;
    private bool _leaving;

    private enum State
    {
        /// <summary>There is no connection.</summary>
        Closed,

        /// <summary>READY was sent.</summary>
        Greeting,

        /// <summary>The queue has answered.</summary>
        Joined,
    }

    public SocketLink Link => link;

    private string Queue => link.Spec.Connect[0];

    public void SocketOpened() => _state = State.Closed;

    public void PeersChanged(PeerEvent? what)
    {
        if (what is PeerConnected) Greet();
        if (what is not (null or PeerDisconnected)) return;
        if (_state == State.Joined) log.Info("{0}: the connection to the queue {1} has ended", role, Queue);
        _state = State.Closed;
    }

    /// <summary>Call this once in each heartbeat interval.</summary>
    public void Tick()
    {
        if (_state == State.Closed) return;
        var silent = time.Elapsed() - _lastHeard;
        if (silent >= heartbeat.PatienceWith(_queueInterval))
        {
            log.Info("{0}: the queue {1} was silent for {2} ms", role, Queue, silent.TotalMilliseconds);
            Greet();
        }
        else if (_state == State.Joined)
        {
            Send(new QueueHeartbeat(heartbeat.Interval));
        }
    }

    /// <summary>Takes no further request.</summary>
    public void Leave()
    {
        if (_leaving) return;
        _leaving = true;
        if (_state == State.Joined) Send(new QueueGoodbye());
    }

    /// <summary>True when the message is a request. Any other message concerns the session, and has been handled.</summary>
    public bool TryTake(Message message, out ReceivedRequest request)
    {
        _lastHeard = time.Elapsed();
        request = default;
        if (!QueueCodec.TryRead(message, 0, out var command, out var fault))
        {
            log.Warning("{0}: a command of the queue {1} is refused: {2}", role, Queue, fault);
            link.Outbound!.Drop(1, DropReason.Malformed, Queue);
            Send(new QueueError(QueueErrorCode.Malformed, fault));
            return false;
        }
        switch (command)
        {
            case QueueExchange:
                request = new ReceivedRequest(message, link);
                return true;
            case QueueHeartbeat beat:
                _queueInterval = beat.Interval;
                if (_state == State.Greeting) OnJoined();
                break;
            case QueueGoodbye:
                log.Info("{0}: the queue {1} said GOODBYE", role, Queue);
                // It is greeted again when it comes back, or has been silent for too long.
                _state = State.Greeting;
                break;
            case QueueError { Code: QueueErrorCode.NoSession } when _state == State.Joined: Greet(); break;
            case QueueError { Code: QueueErrorCode.NoSession }: break;
            case QueueError error: log.Warning("{0}: the queue {1} answered with the error {2}: {3}", role, Queue, error.Code, error.Reason); break;
            default:
                Send(new QueueError(QueueErrorCode.Malformed, $"{command.GetType().Name["Queue".Length..].ToUpperInvariant()} is not for a server"));
                break;
        }
        return false;
    }

    /// <summary>There will be no reply to that request.</summary>
    public void Fail(ReceivedRequest request, string reason)
    {
        if (QueueCodec.TryReadExchangeFrame(request.Message[0].Span, out var number)) Send(new QueueFail(number, reason));
    }

    private void OnJoined()
    {
        _state = State.Joined;
        log.Info("{0}: has joined the queue {1}", role, Queue);
        if (_leaving) Send(new QueueGoodbye());
    }

    private void Greet()
    {
        _state = State.Greeting;
        _lastHeard = time.Elapsed();
        if (!_leaving) Send(ready);
    }

    private void Send(QueueCommand command) => link.Outbound!.Offer(QueueCodec.Write(command), self);
}
