using System.Text;
using Actors.Grains.Calls;
using Actors.Grains.Runtime;
using Actors.Transport;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;

namespace Actors.Grains.Gateway;

/// <summary>A gateway role: sends calls straight to their activations, and takes their ends in batches.</summary>
internal sealed class GatewayActor : RoleActor
{
    // Calls in flight bound the replies; only refusals to a client that sends faster than the socket takes are beyond that.
    private const int MostReplies = 100_000;
    private const int MaxEnvelope = 4096;
    private static readonly TimeSpan s_dueStep = TimeSpan.FromMilliseconds(10);

    private readonly GatewaySettings _settings;
    private readonly SocketLink _link;
    private readonly GatewayBook _book;
    private readonly GatewayReplies _replies;
    private readonly GatewayDrops _drops;
    private readonly NameCache _names = new();
    private GrainRuntime _runtime = null!;
    private Cluster? _cluster;
    private ClusterKinds? _kinds;
    private bool _isDraining;
    private bool _mustFlush;

    public GatewayActor(GatewaySettings settings)
        : base(settings)
    {
        _settings = settings;
        _book = new GatewayBook(settings);
        _replies = new GatewayReplies(Self);
        _link = AddSocket(settings.GatewaySocket, new InboundLane(Self), WindowOf(settings.GatewaySocket), NewOutboundLane(new OutboundSettings(MostReplies, OverflowRule.DropNewest)));
        _drops = new GatewayDrops(_link.Outbound!);
        WorksOff(_link);
    }

    protected override long WaitingInRole => _book.InFlight;

    /// <summary>Calls are answered before this node has joined, but only as <c>no-node</c>.</summary>
    protected override bool IsEstablished => _kinds?.IsUp == true;

    protected override void PreStart()
    {
        try
        {
            _runtime = GrainRuntime.Of(Context.System);
        }
        catch (InvalidOperationException noGrains)
        {
            Log.Error("{0}: {1}", Name, noGrains.Message);
            StopBecauseOf(noGrains);
            return;
        }
        _cluster = Cluster.Get(Context.System);
        _kinds = new ClusterKinds(_cluster.SelfUniqueAddress);
        _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(ClusterEvent.IMemberEvent));
        base.PreStart();
    }

    protected override void PostStop()
    {
        _cluster?.Unsubscribe(Self);
        _isDraining = true;
        foreach (var call in _book.All.ToArray()) End(call, GrainError.NoNode, "the gateway stops");
        OnCallsEnded();
        // Those that end on another thread just now.
        foreach (var call in _book.All) _drops.Add(DropReason.Stopped, call.Client.RoutingId);
        _drops.Tell();
        base.PostStop();
    }

    protected override void OnDraining() => _isDraining = true;

    protected override void OnInbound(IReadOnlyList<Message> messages)
    {
        _link.Inbound!.Pass(messages);
        foreach (var message in messages)
        {
            var request = new ReceivedRequest(message, _link);
            if (request.IsWellFormed && EnvelopeOctets(request) <= MaxEnvelope) Begin(request);
            else _drops.Add(DropReason.Malformed, request.Message[0]);
        }
        Settle();
    }

    protected override void OnOther(object message)
    {
        if (message is CallsEnded) OnCallsEnded();
        else if (_kinds?.Take(message) == true) CheckReady();
        else base.OnOther(message);
    }

    protected override void OnPeersChanged(SocketLink link, PeerEvent? what)
    {
        if (what is PeerDisconnected { Peer.RoutingId: { } routingId }) Abandon(_book.Of(routingId));
        else if (what is null) Abandon([.. _book.All]);
    }

    protected override void OnDue()
    {
        var now = Time.Elapsed();
        TimeSpan? next = null;
        foreach (var call in _book.All)
        {
            if (call.Due > now) next = next is { } known && known < call.Due ? known : call.Due;
            else if (call.Answer is null) End(call, GrainError.Timeout, $"its time was up");
        }
        // Each look goes through all calls, so looks keep a distance.
        if (next is { } due) DueAt(due > now + s_dueStep ? due : now + s_dueStep);
    }

    private void Begin(ReceivedRequest request)
    {
        var size = request.Message.Size;
        if (size > _settings.MaxCallSize)
        {
            Answer(request, GrainError.BadArguments, $"the call has {size} octets: expected {_settings.MaxCallSize} or less");
            return;
        }
        if (_isDraining)
        {
            Answer(request, GrainError.NoNode, "the gateway stops");
            return;
        }
        if (CallRequest.Read(request.Message, request.Envelope.Length + 1, out var asked) is { } fault)
        {
            Answer(request, GrainError.BadArguments, fault);
            return;
        }
        var kind = _names.TextOf(asked.Call.Kind.Span);
        if (RouteOf(kind, out var error, out var why) is not { } route)
        {
            Answer(request, error, why);
            return;
        }
        if (!asked.IsMethodName)
        {
            Answer(request, GrainError.UnknownMethod, $"the kind \"{kind}\" has no method \"{_names.TextOf(asked.Call.Method.Span)}\": a name has letters, digits, '.', '_' and '-' only");
            return;
        }
        if (_book.Admit(request.Message[0], size, out var exceeded) is not { } client)
        {
            Answer(request, GrainError.Overloaded, exceeded!);
            return;
        }
        Send(request, asked, kind, route, client, size);
    }

    private void Send(ReceivedRequest request, CallRequest asked, string kind, KindRoute route, GatewayClient client, long size)
    {
        var time = asked.Call.Remaining is { } remaining && remaining < _settings.CallTimeout ? remaining : _settings.CallTimeout;
        var inFlight = new GatewayCall(_replies, request, client, size, Time.Elapsed() + time);
        _book.Add(inFlight);
        DueAt(inFlight.Due);
        var call = GrainCallReader.Read(_runtime, route, kind, Encoding.UTF8.GetString(asked.Call.Key.Span), _names.TextOf(asked.Call.Method.Span), asked.Arguments, inFlight);
        inFlight.Call = call;
        if (call.IsOver) return;
        call.Deadline = _runtime.DeadlineIn(time);
        call.Trace = asked.Call.Trace == default ? request.Trace : asked.Call.Trace;
        if (request.Id is { } id)
        {
            call.Id = client.IdOf(id);
        }
        else
        {
            call.Source = new CancellationTokenSource();
            call.Cancel = call.Source.Token;
        }
        _runtime.Send(call);
    }

    /// <summary>The way to a kind that a member of the cluster hosts. Kinds that nobody knows leave nothing behind.</summary>
    private KindRoute? RouteOf(string kind, out GrainError error, out string why)
    {
        error = GrainError.NoNode;
        why = "this node has not joined its cluster";
        if (_kinds is not { IsUp: true } kinds) return null;
        if (_runtime.FindRoute(kind) is { Host: not null } here) return here;
        if (kinds.Has(kind)) return _runtime.RouteOf(kind);
        error = kinds.HasSeen(kind) ? GrainError.NoNode : GrainError.UnknownKind;
        why = kinds.HasSeen(kind) ? $"no node has grains of kind \"{kind}\" now" : $"no node of the cluster has grains of kind \"{kind}\"";
        return null;
    }

    private void Answer(ReceivedRequest request, GrainError error, string why)
    {
        Put(GatewayAnswer.Error(request, error, why));
        Count(error, request);
    }

    /// <summary>Ends a call for the gateway's own reason. Its answer comes back by <see cref="GatewayReplies"/>.</summary>
    private static void End(GatewayCall call, GrainError error, string why)
    {
        if (call.TryPrevent()) call.Call!.Fail(error, $"{why} before it could begin");
        else call.Call?.Fail(GrainError.Timeout, $"{why}; the grain may have done it");
    }

    private void Abandon(IReadOnlyList<GatewayCall> calls)
    {
        foreach (var call in calls)
        {
            if (call.IsIdentified) continue;
            call.IsAbandoned = true;
            call.Call?.CancelByCaller();
        }
    }

    private void OnCallsEnded()
    {
        for (var ended = _replies.Take(); ended is not null;)
        {
            var next = ended.NextEnded;
            ended.NextEnded = null;
            _book.Remove(ended);
            if (ended.IsAbandoned)
            {
                _drops.Add(DropReason.Unroutable, ended.Request.Message[0]);
            }
            else
            {
                Put(ended.Answer!);
                if (ended.Error is { } error) Count(error, ended.Request);
            }
            ended = next;
        }
        Settle();
        CheckDrained();
    }

    /// <summary>Counts calls that the grain itself has not ended; an error that it told is an answer.</summary>
    private void Count(GrainError error, ReceivedRequest request)
    {
        DropReason? reason = error switch
        {
            GrainError.Overloaded => DropReason.Refused,
            GrainError.Timeout => _isDraining ? DropReason.Stopped : DropReason.Expired,
            GrainError.NoNode => _isDraining ? DropReason.Stopped : DropReason.ServerLost,
            _ => null,
        };
        if (reason is { } counted) _drops.Add(counted, request.Message[0]);
    }

    private void Put(Message answer)
    {
        _link.Outbound!.Put(answer, Self);
        _mustFlush = true;
    }

    private void Settle()
    {
        _drops.Tell();
        if (!_mustFlush) return;
        _mustFlush = false;
        _link.Outbound!.Flush();
    }

    private static long EnvelopeOctets(ReceivedRequest request)
    {
        var octets = 0L;
        foreach (var frame in request.Envelope) octets += frame.Length;
        return octets;
    }
}
