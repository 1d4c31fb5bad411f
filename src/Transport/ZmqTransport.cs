using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Actors.Transport;

/// <summary>The sockets of an actor system, and the engine and pollers that they run on.</summary>
/// <remarks>
/// An Akka extension: <c>ZmqTransport.Of(system)</c> starts it. Configured by <c>actors.transport</c> (reference.conf).
/// Safe to use from any thread.
/// </remarks>
public sealed class ZmqTransport : IExtension
{
    private const string Section = "actors.transport";

    private readonly IEngine _engine;
    private readonly IActorRef[] _pollers;
    private readonly EventStream _events;
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Source, DropReason Reason), long> _late = [];
    private readonly ILoggingAdapter _log;
    private readonly ConcurrentDictionary<string, bool> _doubts = new();
    private Func<TimeSpan?>? _longestLinger;
    private TimeSpan _settingsLinger;
    private bool _isClosed;
    private uint _next;

    private ZmqTransport(ExtendedActorSystem system)
    {
        system.Settings.InjectTopLevelFallback(ConfigurationFactory.FromResource("Actors.Transport.reference.conf", typeof(ZmqTransport).Assembly));
        var config = system.Settings.Config.GetConfig(Section)!;
        var count = config.GetInt("pollers", 1);
        if (count < 1) throw new ConfigurationException($"{Section}.pollers is {count}: expected 1 or more");
        _events = system.EventStream;
        _log = system.Log;
        _engine = EngineOf(config);
        if (!_engine.Abilities.TellsLosses) system.Log.Info("the engine {0} does not tell what its sockets lose inside, so that is not counted", _engine.Name);
        // Without this, a fault of the engine would end the process that the system lives in.
        void Log(Exception fault) => system.Log.Error(fault, "a fault in the engine {0}", _engine.Name);
        _engine.Faulted += Log;
        system.RegisterOnTermination(() => _engine.Faulted -= Log);
        _pollers = [.. Enumerable.Range(0, count).Select(index => StartPoller(system, config, _engine, index))];
    }

    /// <summary>The engine's name: <c>netmq</c> or <c>zmtp</c>.</summary>
    public string Engine => _engine.Name;

    /// <summary>The values that <c>actors.transport.engine</c> takes.</summary>
    public static IReadOnlyList<string> EngineNames { get; } = [.. Engines.Names];

    /// <summary>Says why the engine cannot open a well-formed endpoint, and which engine can; null when it can.</summary>
    /// <param name="engine">One of <see cref="EngineNames"/>.</param>
    /// <param name="endpoint">For example <c>ws://*:80/chat</c>.</param>
    /// <exception cref="ArgumentException">There is no such engine.</exception>
    public static string? EndpointFault(string engine, string endpoint) =>
        Engines.Fault(Engines.Find(engine) ?? throw new ArgumentException($"There is no engine \"{engine}\"; expected {string.Join(" or ", EngineNames)}.", nameof(engine)), endpoint);

    /// <summary>Says which option of the security the engine cannot fulfil, what is wrong and which engine can; null when it can.</summary>
    /// <param name="engine">One of <see cref="EngineNames"/>.</param>
    /// <param name="security">The settings.</param>
    /// <exception cref="ArgumentException">There is no such engine.</exception>
    public static (string Option, string Fault)? SecurityFault(string engine, SecuritySettings security)
    {
        ArgumentNullException.ThrowIfNull(security);
        return Engines.Fault(Engines.Find(engine) ?? throw new ArgumentException($"There is no engine \"{engine}\"; expected {string.Join(" or ", EngineNames)}.", nameof(engine)), security);
    }

    /// <summary>What works in the security, and is hardly what an operator wants: options and sentences. A socket logs it as warnings when it opens.</summary>
    /// <param name="security">The settings.</param>
    public static IReadOnlyList<(string Option, string Doubt)> SecurityDoubts(SecuritySettings security)
    {
        ArgumentNullException.ThrowIfNull(security);
        return [.. security.Doubts.Select(doubt => ($"security.{doubt.Option}", doubt.Doubt))];
    }

    /// <summary>The transport of <paramref name="system"/>, started at the first call.</summary>
    public static ZmqTransport Of(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.WithExtension<ZmqTransport, Provider>();
    }

    /// <summary>
    /// Opens a socket. The owner is told <see cref="SocketCreated"/>, <see cref="OutboundCredit"/> and, once it is
    /// bound and connecting, <see cref="SocketOpened"/>; or <see cref="SocketFailed"/>.
    /// </summary>
    /// <exception cref="SocketSettingsException">The settings cannot work.</exception>
    internal void Open(SocketSpec spec, IActorRef owner)
    {
        spec.Validate();
        if (Engines.Fault(_engine, spec) is { } fault) throw fault;
        if (spec.Settings.Security is { } security) spec = Secured(spec, security);
        lock (_lock) if (spec.Settings.Linger > _settingsLinger) _settingsLinger = spec.Settings.Linger;
        _pollers[Interlocked.Increment(ref _next) % _pollers.Length].Tell(new OpenSocket(spec, owner), owner);
    }

    /// <summary>
    /// Ends when no socket of the system is open, because their owners have stopped: from then on none of them reports
    /// anything on the event stream. What is lost in their linger time is returned by <see cref="FinishSending"/>.
    /// </summary>
    public async Task SocketsClosed()
    {
        await Task.WhenAll(_pollers.Select(poller => poller.Ask(WhenSocketsClosed.Instance))).ConfigureAwait(false);
        lock (_lock) _isClosed = true;
    }

    /// <summary>
    /// Ends when no socket of that owner, which has stopped, is open, and its sockets have had their linger time to deliver what
    /// they had. What they lost was published before.
    /// </summary>
    /// <param name="owner">The role.</param>
    /// <param name="linger">The longest linger time of its sockets; zero does not wait for what closed sockets still have.</param>
    internal async Task Closed(IActorRef owner, TimeSpan linger)
    {
        await Task.WhenAll(_pollers.Select(poller => poller.Ask(new WhenSocketsOfClosed(owner)))).ConfigureAwait(false);
        if (LongestLinger is { } longest && longest < linger) linger = longest;
        if (linger > TimeSpan.Zero) await _engine.Delivered(linger).ConfigureAwait(false);
    }

    /// <summary>
    /// Waits until every socket of this process that is closed has delivered what it could, each within its linger time.
    /// To be called when no actor system uses sockets any more, at the end of the process.
    /// </summary>
    /// <param name="most">How long to wait at most; null is as long as the engine allows.</param>
    /// <returns>What the sockets of this system have lost since <see cref="SocketsClosed"/>: a sum for each of them and each reason.</returns>
    /// <exception cref="TimeoutException">The engine did not close its sockets in the time that they were given.</exception>
    public IReadOnlyList<MessagesDropped> FinishSending(TimeSpan? most = null)
    {
        _engine.FinishSending(most);
        lock (_lock) return [.. _late.Select(late => new MessagesDropped(late.Key.Source, late.Value, late.Key.Reason))];
    }

    /// <summary>
    /// Bounds the linger time of the sockets that are closed from now on, whatever their settings say: an orderly stop has a
    /// deadline for all of them.
    /// </summary>
    /// <param name="longest">Called at each close, on a poller's thread; null is no bound.</param>
    public void LingerAtMost(Func<TimeSpan?> longest)
    {
        ArgumentNullException.ThrowIfNull(longest);
        Volatile.Write(ref _longestLinger, longest);
    }

    /// <summary>The bound in force, at least zero; null without one.</summary>
    internal TimeSpan? LongestLinger => Volatile.Read(ref _longestLinger)?.Invoke() is { } longest ? longest < TimeSpan.Zero ? TimeSpan.Zero : longest : null;

    /// <summary>
    /// Ends when the sockets of this system, which are all closed (<see cref="SocketsClosed"/>), have delivered what they could,
    /// each within its linger time. Unlike <see cref="FinishSending"/>, it leaves the other sockets of the process alone.
    /// </summary>
    /// <param name="most">How long to wait at most: what is left of the time that <see cref="LingerAtMost"/> has set.</param>
    /// <returns>What the sockets have lost since <see cref="SocketsClosed"/>: a sum for each of them and each reason.</returns>
    public async Task<IReadOnlyList<MessagesDropped>> Delivered(TimeSpan most)
    {
        TimeSpan linger;
        lock (_lock) linger = _settingsLinger;
        await _engine.Delivered(linger < most ? linger : most).ConfigureAwait(false);
        lock (_lock) return [.. _late.Select(late => new MessagesDropped(late.Key.Source, late.Value, late.Key.Reason))];
    }

    /// <summary>From any thread: a socket has lost messages.</summary>
    internal void Dropped(MessagesDropped dropped)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                var key = (dropped.Source, dropped.Reason);
                _late[key] = _late.GetValueOrDefault(key) + dropped.Count;
                return;
            }
        }
        _events.Publish(dropped);
    }

    /// <summary>Reads the keys and lists, on the thread of the owner.</summary>
    private SocketSpec Secured(SocketSpec spec, SecuritySettings security)
    {
        var read = security.Resolve(new SettingCheck(spec.Name, "security."));
        read.Gate?.Faulted = fault => _log.Error("{0}: {1}", spec.Name, fault);
        foreach (var (option, doubt) in SecurityDoubts(security))
            if (_doubts.TryAdd(doubt, true)) _log.Warning("{0}: {1} {2}", spec.Name, option, doubt);
        return spec with { Security = read };
    }

    private static IEngine EngineOf(Config config)
    {
        var name = config.GetString("engine", "");
        return Engines.Find(name) ?? throw new ConfigurationException($"{Section}.engine is \"{name}\": expected {string.Join(" or ", Engines.Names)}");
    }

    private static IActorRef StartPoller(ExtendedActorSystem system, Config config, IEngine engine, int index)
    {
        // Each poller is a dispatcher of its own, because a dispatcher is one thread here.
        var id = $"{Section}.poller-{index}";
        var settings = ConfigurationFactory.ParseString($"id = \"{id}\"").WithFallback(config.GetConfig("poller-dispatcher"));
        var dispatcher = new PollerDispatcherConfigurator(settings, system.Dispatchers.Prerequisites, engine);
        system.Dispatchers.RegisterConfigurator(id, dispatcher);
        system.RegisterOnTermination(((PollerDispatcher)dispatcher.Dispatcher()).Close);
        return system.SystemActorOf(Props.Create(() => new PollerActor()).WithDispatcher(id), $"zmq-poller-{index}");
    }

    private sealed class Provider : ExtensionIdProvider<ZmqTransport>
    {
        public override ZmqTransport CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
