using Actors.Transport;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Stage;

namespace Actors.Streams.Stages;

/// <summary>
/// Gives a role what comes from upstream, in batches, never more than its demand. At the end it has the role drain and stop,
/// waits for its sockets, and tells what was not delivered.
/// </summary>
internal sealed class OutboundLogic : RoleStageLogic, IInHandler
{
    // As many as a role hands to its socket at once.
    private const int MostTogether = 64;

    private readonly Inlet<Message> _in;
    private readonly Func<Props> _role;
    private readonly TimeSpan _limit;
    private readonly TimeSpan _linger;
    private readonly SinkRole _run;
    private readonly Dictionary<DropReason, long> _dropped = [];
    private readonly List<Message> _together = [];
    private Action _flushSoon = () => { };
    private Action _socketsClosed = () => { };
    private bool _isFlushing;
    private int _demand;
    private long _accepted;
    private LedgerCounts? _ledger;
    private Exception? _failure;
    private bool _isDraining;
    private bool _isStopped;
    private bool _isTold;

    public OutboundLogic(Inlet<Message> inlet, SinkShape<Message> shape, Func<Props> role, TimeSpan limit, TimeSpan linger, SinkRole run)
        : base(shape, run)
    {
        _in = inlet;
        _role = role;
        _limit = limit;
        _linger = linger;
        _run = run;
        SetHandler(inlet, this);
    }

    public override void PreStart()
    {
        base.PreStart();
        // The role outlives its stream until it has sent what it has.
        SetKeepGoing(true);
        _flushSoon = GetAsyncCallback(Flush);
        _socketsClosed = GetAsyncCallback(OnSocketsClosed);
        System.EventStream.Subscribe(Self, typeof(MessagesDropped));
        Role.Tell(RegisterProducer.Instance, Self);
    }

    public override void PostStop()
    {
        base.PostStop();
        if (!_isTold) _run.Failed(End, _failure ?? new InvalidOperationException("the stream was ended before the role had sent what it had"));
    }

    public void OnPush()
    {
        _together.Add(Grab(_in));
        if (--_demand == 0 || _together.Count == MostTogether)
        {
            Flush();
        }
        else if (!_isFlushing)
        {
            // Comes behind what upstream pushes at once, so that goes over as one batch.
            _isFlushing = true;
            _flushSoon();
        }
        if (_demand > 0) Pull(_in);
    }

    public void OnUpstreamFinish() => Drain(null);

    // A kill switch wraps what it was given.
    public void OnUpstreamFailure(Exception e) => Drain(e is AggregateException { InnerExceptions: [var only] } ? only : e);

    protected override Props RoleProps() => _role();

    protected override void OnTimer(object timerKey) => StopRole();

    protected override void OnOther(IActorRef sender, object message)
    {
        switch (message)
        {
            case Demand demand:
                _demand += demand.Messages;
                if (!IsClosed(_in) && !HasBeenPulled(_in)) Pull(_in);
                break;
            case MessagesDropped dropped:
                if (dropped.Source == Name) _dropped[dropped.Reason] = _dropped.GetValueOrDefault(dropped.Reason) + dropped.Count;
                break;
            case RoleDrained: StopRole(); break;
            case RoleStatus status: _ledger = status.Ledger; break;
        }
    }

    protected override void OnRoleStopped(Exception cause)
    {
        if (_isStopped) return;
        _isStopped = true;
        if (!_isDraining) _failure = cause;
        Cancel(_in, cause);
        // What the role and its sockets lose is reported before.
        RoleSockets.Of(System).Closed(Role, _linger).ContinueWith(_ => _socketsClosed(), TaskScheduler.Default);
    }

    private SinkEnd End => new(_accepted, _dropped) { Ledger = _ledger };

    private void Flush()
    {
        _isFlushing = false;
        if (_together.Count == 0) return;
        _accepted += _together.Count;
        Role.Tell(_together.Count == 1 ? _together[0] : new MessageBatch([.. _together]), Self);
        _together.Clear();
    }

    private void Drain(Exception? failure)
    {
        if (_isDraining || _isStopped) return;
        _isDraining = true;
        _failure = failure;
        Flush();
        Role.Tell(DrainRole.Instance, Self);
        ScheduleOnce(nameof(Drain), _limit);
    }

    private void StopRole()
    {
        CancelTimer(nameof(Drain));
        Role.Tell(GetRoleStatus.Instance, Self);
        Role.Tell(PoisonPill.Instance, Self);
    }

    private void OnSocketsClosed()
    {
        _isTold = true;
        if (_failure is null) _run.Completed(End);
        else _run.Failed(End, _failure);
        CompleteStage();
    }
}
