using Actors;
using Actors.Transport;
using Akka.Actor;
using Benchmarks.Wire.Peers;

namespace Benchmarks.Roles;

/// <summary>The ends of a measurement of roles: an actor system with one role, and an actor that counts.</summary>
internal static class RolePeer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static void Pull(string endpoint, int size, double warmUp, double duration)
    {
        var handler = Props.Create(() => new CountingHandler(size, warmUp, duration, answers: false));
        Serve(PullRole.Props(new PullSettings { Name = "pull", Socket = new SocketSettings { Bind = [endpoint] } }, handler));
    }

    public static void Push(string endpoint, int size)
    {
        var settings = new PushSettings { Name = "push", Socket = new SocketSettings { Connect = [endpoint], Linger = TimeSpan.Zero } };
        Produce(PushRole.Props(settings), role => Props.Create(() => new Producer(role, size)));
    }

    public static void AcknowledgedPull(string endpoint, int size, double warmUp, double duration)
    {
        var handler = Props.Create(() => new CountingHandler(size, warmUp, duration, answers: false));
        Serve(PullRole.Props(new PullSettings { Name = "pull", Socket = new SocketSettings { Bind = [endpoint] }, Acknowledged = new() }, handler));
    }

    public static void AcknowledgedPush(string endpoint, int size)
    {
        var settings = new PushSettings { Name = "push", Socket = new SocketSettings { Connect = [endpoint], Linger = TimeSpan.Zero }, Acknowledged = new() };
        Produce(PushRole.Props(settings), role => Props.Create(() => new Producer(role, size)));
    }

    public static void JournalPull(string endpoint, int size, double warmUp, double duration)
    {
        var handler = Props.Create(() => new CountingHandler(size, warmUp, duration, answers: false));
        using var journal = new TemporaryJournal();
        var settings = new PullSettings
        {
            Name = "pull",
            Socket = new SocketSettings { Bind = [endpoint] },
            Acknowledged = new AcknowledgedSettings { Credit = TemporaryJournal.Capacity },
            Journal = journal.Settings,
        };
        Serve(PullRole.Props(settings, handler));
    }

    public static void JournalPush(string endpoint, int size)
    {
        using var journal = new TemporaryJournal();
        var settings = new PushSettings
        {
            Name = "push",
            Socket = new SocketSettings { Connect = [endpoint], Linger = TimeSpan.Zero },
            Outbound = new OutboundSettings(TemporaryJournal.Capacity, OverflowRule.Backpressure),
            Acknowledged = new(),
            Journal = journal.Settings,
        };
        Produce(PushRole.Props(settings), role => Props.Create(() => new Producer(role, size)), journal.Report);
    }

    public static void Reply(string endpoint, int size)
    {
        // It measures nothing, but reports what it allocated when it is stopped.
        var handler = Props.Create(() => new CountingHandler(size, 0, double.MaxValue, answers: true));
        Serve(ReplyRole.Props(new ReplySettings { Name = "rep", Socket = new SocketSettings { Bind = [endpoint] } }, handler));
    }

    public static void Request(string endpoint, int size, double warmUp, double duration)
    {
        var settings = new RequestSettings { Name = "req", Socket = new SocketSettings { Connect = [endpoint], Linger = TimeSpan.Zero } };
        Produce(RequestRole.Props(settings), role => Props.Create(() => new Requester(role, size, warmUp, duration)));
    }

    /// <summary>Starts a role and its producer, if it has one, and tells its endpoints, with a comma between them.</summary>
    public static void Serve(Props role, Func<IActorRef, Props>? producer = null)
    {
        using var system = ActorSystem.Create("benchmark");
        var started = system.ActorOf(role, "role");
        var ready = started.Ask<RoleReady>(WhenReady.Instance, Patience).GetAwaiter().GetResult();
        if (producer is not null) system.ActorOf(producer(started), "producer");
        Console.WriteLine($"endpoint {string.Join(',', ready.Endpoints)}");
        WaitForStop(system);
    }

    /// <summary>Starts a role that needs nobody's help.</summary>
    public static void Run(Func<ActorSystem, Props> role)
    {
        using var system = ActorSystem.Create("benchmark");
        system.ActorOf(role(system), "role");
        WaitForStop(system);
    }

    /// <param name="role">The role.</param>
    /// <param name="producer">Who sends through it.</param>
    /// <param name="report">Called with the role before it stops.</param>
    private static void Produce(Props role, Func<IActorRef, Props> producer, Action<IActorRef>? report = null)
    {
        using var system = ActorSystem.Create("benchmark");
        var started = system.ActorOf(role, "role");
        started.Ask<RoleReady>(WhenReady.Instance, Patience).GetAwaiter().GetResult();
        system.ActorOf(producer(started), "producer");
        WaitForStop(system, () => report?.Invoke(started));
    }

    private static void WaitForStop(ActorSystem system, Action? report = null)
    {
        Console.In.ReadLine();
        report?.Invoke();
        // Counting actors print what they have when they stop.
        system.Terminate().Wait(Patience);
    }
}
