using System.Diagnostics;
using Actors.Transport;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;

namespace Actors.TestKit;

/// <summary>
/// Sockets without a network for the roles of an actor system: a test connects their peers, sends as a peer, breaks them, and
/// reads what the roles have sent.
/// </summary>
/// <remarks>
/// <para>
/// An Akka extension: call <c>SimulatedNetwork.Of(Sys)</c> before the test starts its roles, which then open their sockets
/// here and start no engine.
/// </para>
/// <para>
/// A system with <see cref="Config"/> runs its actors on the thread that tells them something. Each call of the test has then
/// had all its effects when it returns, except where an actor awaits: a reply role asks its handler, so its reply comes on
/// another thread. With other configurations, everything works too, and a test waits with the Expect methods. All members may
/// be called from any thread.
/// </para>
/// </remarks>
public sealed class SimulatedNetwork : IExtension
{
    private readonly ActorSystem _system;
    private readonly List<SimulatedSocket> _sockets = [];
    private readonly List<MessagesDropped> _dropped = [];
    private int _lastPort = 49152;

    private SimulatedNetwork(ActorSystem system)
    {
        if (system.HasExtension<ZmqTransport>())
            throw new InvalidOperationException("a role of this actor system has a socket of an engine already: call SimulatedNetwork.Of before the first role starts");
        _system = system;
        // A system that was not made by a test kit, as that of an app under Akka.Hosting, has no such dispatcher.
        system.Dispatchers.RegisterConfigurator(CallingThreadDispatcher.Id, new CallingThreadDispatcherConfigurator(TestKitBase.DefaultConfig.GetConfig(CallingThreadDispatcher.Id), system.Dispatchers.Prerequisites));
        system.EventStream.Subscribe(Start(Props.Create(() => new DropWatch(this))), typeof(MessagesDropped));
        RoleSockets.Of(system).Simulated = Open;
        RoleSockets.Of(system).SimulatedClosed = ClosedOf;
    }

    /// <summary>
    /// The configuration of an actor system whose actors run on the thread that tells them something, for the constructor of a
    /// test kit. A <c>WithDispatcher</c> of one's own stays in force.
    /// </summary>
    public static Config Config { get; } = ConfigurationFactory.ParseString(
        $$"""
        akka.actor {
          default-dispatcher {
            type = "{{typeof(CallingThreadDispatcherConfigurator).AssemblyQualifiedName}}"
            throughput = {{int.MaxValue}}
          }
          # The guardian that starts actors runs here.
          internal-dispatcher = ${akka.actor.default-dispatcher}
        }
        """);

    /// <summary>The time, on the machine's clock, after which a call that waits fails. Default 10 s.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The sockets that roles have now, the oldest first; a failed one is among them.</summary>
    public IReadOnlyList<SimulatedSocket> Sockets
    {
        get
        {
            lock (_sockets) return [.. _sockets];
        }
    }

    /// <summary>What roles and their sockets have reported as dropped, in order.</summary>
    public IReadOnlyList<MessagesDropped> Dropped
    {
        get
        {
            lock (_dropped) return [.. _dropped];
        }
    }

    /// <summary>The network of <paramref name="system"/>; the first call puts it in the place of the transport.</summary>
    /// <exception cref="InvalidOperationException">The system has sockets of an engine already.</exception>
    public static SimulatedNetwork Of(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.WithExtension<SimulatedNetwork, Provider>();
    }

    /// <summary>The socket of that name. Waits until a role has opened it.</summary>
    /// <param name="name">
    /// The role's name. A role with several sockets adds a dot and a part: a request role that connects to two servers has
    /// <c>client.1</c> and <c>client.2</c>, in the order of its connect list.
    /// </param>
    /// <exception cref="TimeoutException">No role has opened such a socket within <see cref="Patience"/>; names those that are there.</exception>
    public SimulatedSocket Socket(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        lock (_sockets)
        {
            var found = Waiting.For(_sockets, Patience, () => _sockets.FindLast(socket => socket.Name == name));
            if (found is not null) return found;
            var others = _sockets.Count == 0 ? "there is none" : $"there are {string.Join(", ", _sockets.Select(socket => socket.Name))}";
            throw new TimeoutException($"no role has opened a socket \"{name}\" within {Patience.TotalSeconds} s: {others}");
        }
    }

    /// <summary>Starts an actor that runs on the thread that tells it something; it has started when the call returns.</summary>
    internal IActorRef Start(Props props) => new TestActorRef<ActorBase>(_system, props.WithDispatcher(CallingThreadDispatcher.Id));

    internal void Opened(SimulatedSocket socket)
    {
        lock (_sockets)
        {
            _sockets.Add(socket);
            Monitor.PulseAll(_sockets);
        }
    }

    internal void Closed(SimulatedSocket socket)
    {
        lock (_sockets) _sockets.Remove(socket);
    }

    /// <summary>A port for an endpoint that leaves the choice to the system.</summary>
    internal int NextPort() => Interlocked.Increment(ref _lastPort);

    private void Open(SocketSpec spec, IActorRef owner)
    {
        var socket = new SimulatedSocket(spec.Validate(), owner, this);
        Start(Props.Create(() => new SimulatedSocketActor(socket)));
    }

    private Task ClosedOf(IActorRef owner) => Task.WhenAll(Sockets.Where(socket => socket.Owner.Equals(owner)).Select(socket => socket.Ended));

    private sealed class DropWatch(SimulatedNetwork network) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            lock (network._dropped) network._dropped.Add((MessagesDropped)message);
        }
    }

    private sealed class Provider : ExtensionIdProvider<SimulatedNetwork>
    {
        public override SimulatedNetwork CreateExtension(ExtendedActorSystem system) => new(system);
    }
}

/// <summary>Waits for what another thread may bring.</summary>
internal static class Waiting
{
    /// <summary>The first value that is not null, or null when the time is over. The caller holds the lock, which is pulsed on each change.</summary>
    public static T? For<T>(object pulsed, TimeSpan patience, Func<T?> find)
        where T : class
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            if (find() is { } found) return found;
            var left = patience - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero || !Monitor.Wait(pulsed, left)) return find();
        }
    }
}
