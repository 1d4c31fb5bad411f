using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Actors.Grains.Calls;
using Actors.Grains.State;
using Actors.Grains.Storage;
using Akka.Actor;
using Akka.Cluster;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Runtime;

/// <summary>The grains of one node: their kinds, their activations here, and the ways to those elsewhere.</summary>
internal sealed class GrainRuntime : IGrains
{
    private static readonly ConditionalWeakTable<ActorSystem, GrainRuntime> s_runtimes = [];

    private readonly ConcurrentDictionary<string, KindRoute> _routes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Type, KindRoute> _routesByType = new();
    private readonly ConcurrentDictionary<Type, object> _codecs = new();
    private readonly CancellationTokenSource _stopping = new();

    public GrainRuntime(ActorSystem system, GrainSettings settings, IServiceProvider services)
    {
        System = system;
        Services = services;
        Settings = settings;
        Store = settings.Store(services);
        Json = new GrainJson(settings.Resolvers);
        Time = settings.Time;
        Log = new GrainLog(system);
        Pending = new PendingCalls(Time);
        Telemetry = new GrainTelemetry(this);
        Replies = system.ActorOf(Props.CreateBy(new Producer<RepliesActor>(() => new RepliesActor(this))), "grain-replies");
        foreach (var kind in settings.Kinds) AddHost(kind);
        s_runtimes.Add(system, this);
    }

    public ActorSystem System { get; }

    public IServiceProvider Services { get; }

    public IGrainStore Store { get; }

    public GrainJson Json { get; }

    public TimeProvider Time { get; }

    public GrainLog Log { get; }

    public GrainTelemetry Telemetry { get; }

    public PendingCalls Pending { get; }

    /// <summary>Takes the ends of calls that have left this node.</summary>
    public IActorRef Replies { get; }

    public CancellationToken Stopping => _stopping.Token;

    public GrainSettings Settings { get; }

    public IEnumerable<KindHost> Hosts => _routes.Values.Select(route => route.Host).OfType<KindHost>();

    /// <summary>The ways to the grains of all kinds that this node knows.</summary>
    public IEnumerable<KindRoute> Routes => _routes.Values;

    /// <summary>The runtime of an actor system; null before it has one.</summary>
    public static GrainRuntime? Find(ActorSystem system) => s_runtimes.TryGetValue(system, out var runtime) ? runtime : null;

    /// <summary>The runtime of an actor system.</summary>
    /// <exception cref="InvalidOperationException">The actor system has no grains.</exception>
    public static GrainRuntime Of(ActorSystem system) =>
        s_runtimes.TryGetValue(system, out var runtime) ? runtime : throw new InvalidOperationException($"the actor system \"{system.Name}\" has no grains: expected WithGrains(...) where it is configured");

    public TGrain Get<TGrain>(string key) where TGrain : class => Get<TGrain>(key, null);

    public TGrain Get<TGrain>(long key) where TGrain : class => Get<TGrain>(key.ToString(CultureInfo.InvariantCulture), null);

    public TGrain Get<TGrain>(Guid key) where TGrain : class => Get<TGrain>(key.ToString("D"), null);

    public IGrains With(CallOptions options) => new GrainsWithOptions(this, options);

    public TGrain Get<TGrain>(string key, CallOptions? options) where TGrain : class
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        var route = _routesByType.TryGetValue(typeof(TGrain), out var known) ? known : RouteOf(typeof(TGrain));
        return (TGrain)route.Interface!.NewProxy(new GrainReference(this, route, key, options));
    }

    /// <summary>The way to the grains of a kind; a new one when the cluster, but not this node, may know the kind.</summary>
    public KindRoute RouteOf(string kind) => _routes.TryGetValue(kind, out var known) ? known : _routes.GetOrAdd(kind, name => GrainRegions.StartProxy(this, new KindRoute(this, name, null)));

    public KindRoute? FindRoute(string kind) => _routes.GetValueOrDefault(kind);

    /// <summary>The codec of a state.</summary>
    public IStateCodec<T> CodecOf<T>() => (IStateCodec<T>)_codecs.GetOrAdd(typeof(T), _ => Services.GetService<IStateCodec<T>>() ?? (object)new JsonStateCodec<T>(Json));

    /// <summary>Sends a call of a proxy.</summary>
    public Task<TResult> Call<TResult>(GrainReference reference, GrainMethod method, GrainCall<TResult> call, CancellationToken cancel)
    {
        call.Method = method;
        call.Route = reference.Route;
        call.Key = reference.Key;
        call.Deadline = DeadlineIn(reference.Options?.Timeout ?? Settings.CallTimeout);
        if (reference.Options?.Id is { } id) call.Id = id;
        if (Activation.CurrentCall is { } caller)
        {
            call.Chain = caller.AsLink();
            // What a method has left running behind its end is not bound to the method's time.
            if (caller.Activation is not null && caller.Deadline < call.Deadline) call.Deadline = caller.Deadline;
        }
        var task = call.AsTask();
        if (call.Chain is { Length: > CallChain.MaxLength } chain)
        {
            call.Fail(GrainError.Cycle, $"{chain.Length} grains wait for this call, one for the other: expected {CallChain.MaxLength} or fewer");
            return task;
        }
        if (cancel.CanBeCanceled) call.CancelBy(cancel);
        if (Settings.CallerFilters.Count > 0 || GrainTelemetry.Source.HasListeners()) return CallSlowly(call, task);
        Send(call);
        return task;
    }

    /// <summary>Sends a call to its activation if it is on this node, otherwise by the region.</summary>
    public void Send(GrainCall call)
    {
        var route = call.Route;
        if (route.Workers is { } workers) workers.Send(call);
        else if (route.Host?.Find(call.Key) is not { } activation || !activation.Post(call)) SendByRegion(call);
    }

    /// <summary>Sends a call by the region, which finds or makes its activation.</summary>
    public void SendByRegion(GrainCall call)
    {
        if (call.IsOver) return;
        if (call.Route.Region is not { } region || _stopping.IsCancellationRequested)
        {
            call.Fail(GrainError.NoNode, _stopping.IsCancellationRequested ? "this node stops" : "this node has not joined its cluster");
            return;
        }
        Pending.Add(call);
        if (_stopping.IsCancellationRequested)
        {
            // The stop may have looked at the calls before this one was among them.
            call.Fail(GrainError.NoNode, "this node stops");
            return;
        }
        region.Tell(call, ActorRefs.NoSender);
    }

    /// <summary>Sends a call that has not begun once more, because its activation has stopped.</summary>
    public void SendAgain(GrainCall call)
    {
        if (call.IsOver || call.Sink?.MustSendAgain(call) == true) return;
        Telemetry.Retried(call.Route.Kind);
        if (call.Route.Workers is { } workers) workers.Send(call);
        else SendByRegion(call);
    }

    /// <summary>Leaves a call that has not begun to the clock of the node that sent it.</summary>
    public void SendLater(GrainCall call)
    {
        if (call.Sink is not RemoteSink) Pending.Add(call);
    }

    /// <summary>Tells the node that works on a call that its caller has given up.</summary>
    public void CancelElsewhere(GrainCall call) => call.Route.Region?.Tell(new CancelCall(call.Route.Kind, call.Key, call.Id), ActorRefs.NoSender);

    /// <summary>Ends what is due. Called by the node's clock.</summary>
    public void LookAtCalls() => Pending.Look(Time.GetTimestamp(), Expire, call =>
    {
        Telemetry.Retried(call.Route.Kind);
        SendByRegion(call);
    });

    private void Expire(GrainCall call)
    {
        var kind = call.Route.Kind;
        if (call.Route.Host is null && !Cluster.Get(System).State.Members.Any(member => member.HasRole(GrainRegions.RoleOf(kind))))
            call.Fail(GrainError.UnknownKind, $"no node of the cluster has grains of kind \"{kind}\"");
        else call.Fail(GrainError.Timeout, "no result within its time; the grain may have done it");
    }

    /// <summary>Ends what is idle, and calls whose time is up. Called by the node's clock.</summary>
    public void LookAtActivations()
    {
        var now = Time.GetTimestamp();
        foreach (var route in _routes.Values)
        {
            route.Host?.Look(now);
            route.Workers?.Look(now);
        }
    }

    /// <summary>Nothing begins here any more; what has left this node and has not ended fails.</summary>
    public void Stop()
    {
        _stopping.Cancel();
        foreach (var call in Pending.All) call.Fail(GrainError.Timeout, "this node stops before it has a result; the grain may have done it");
    }

    /// <summary>The timestamp a time from now. For an infinite time, or one beyond the clock's end, the last that there is.</summary>
    public long DeadlineIn(TimeSpan time)
    {
        if (time == Timeout.InfiniteTimeSpan) return long.MaxValue;
        var (now, ticks) = (Time.GetTimestamp(), time.TotalSeconds * Time.TimestampFrequency);
        return ticks < long.MaxValue - now ? now + (long)ticks : long.MaxValue;
    }

    private async Task<TResult> CallSlowly<TResult>(GrainCall<TResult> call, Task<TResult> task)
    {
        using var span = Telemetry.StartCaller(call);
        try
        {
            await CallFilters.Run(Settings.CallerFilters, call, () =>
            {
                Send(call);
                return task;
            });
            return await task;
        }
        catch (Exception failure)
        {
            span?.SetStatus(ActivityStatusCode.Error, failure.Message);
            call.Fail(failure);
            throw;
        }
    }

    private KindRoute RouteOf(Type type)
    {
        var grains = GrainRegistry.FindInterface(type)
            ?? throw new ArgumentException($"{type} is no interface of grains: expected an interface with [Grain(\"...\")], in a project that refers to the package Actors.Grains");
        var route = _routes.GetOrAdd(grains.Kind, kind => GrainRegions.StartProxy(this, new KindRoute(this, kind, grains)));
        if (route.Interface is null) route = _routes[grains.Kind] = new KindRoute(this, grains.Kind, grains) { Region = route.Region };
        if (route.Interface!.Type != type) throw new ArgumentException($"the kind \"{grains.Kind}\" is {route.Interface.Type}, and also {type}: expected another name in [Grain(\"...\")]");
        return _routesByType[type] = route;
    }

    private void AddHost(GrainKind kind)
    {
        var route = new KindRoute(this, kind.Interface.Kind, kind.Interface);
        route.Host = new KindHost(route, kind.Interface, kind.Class, kind.Options);
        if (kind.Class.StatelessWorkers is { } most) route.Workers = new WorkerPools(route.Host, most);
        _routes[route.Kind] = route;
        _routesByType[kind.Interface.Type] = route;
    }

    /// <summary>References whose calls have other options.</summary>
    private sealed class GrainsWithOptions(GrainRuntime runtime, CallOptions options) : IGrains
    {
        public TGrain Get<TGrain>(string key) where TGrain : class => runtime.Get<TGrain>(key, options);

        public TGrain Get<TGrain>(long key) where TGrain : class => Get<TGrain>(key.ToString(CultureInfo.InvariantCulture));

        public TGrain Get<TGrain>(Guid key) where TGrain : class => Get<TGrain>(key.ToString("D"));

        public IGrains With(CallOptions others) => new GrainsWithOptions(runtime, others);
    }
}

/// <summary>Makes an actor by a function, without reflection.</summary>
internal sealed class Producer<TActor>(Func<TActor> make) : IIndirectActorProducer
    where TActor : ActorBase
{
    public Type ActorType => typeof(TActor);

    public ActorBase Produce() => make();

    public void Release(ActorBase actor)
    {
    }
}
