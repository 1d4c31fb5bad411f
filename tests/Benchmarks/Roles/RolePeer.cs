using Actors;
using Actors.Transport;
using Akka.Actor;
using Benchmarks.Wire.Peers;

namespace Benchmarks.Roles;

/// <summary>The ends of a measurement of roles: an actor system with one role, and an actor that counts.</summary>
internal static class RolePeer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static void Pull(RoleWork work)
    {
        var handler = Counter(work);
        Serve(work, PullRole.Props(new PullSettings { Name = "pull", Socket = new SocketSettings { Bind = [work.Endpoint] } }, handler));
    }

    public static void Push(RoleWork work)
    {
        var settings = new PushSettings { Name = "push", Socket = new SocketSettings { Connect = [work.Endpoint], Linger = TimeSpan.Zero } };
        Produce(work, PushRole.Props(settings), role => Props.Create(() => new Producer(role, work)));
    }

    public static void AcknowledgedPull(RoleWork work)
    {
        var handler = Counter(work);
        Serve(work, PullRole.Props(new PullSettings { Name = "pull", Socket = new SocketSettings { Bind = [work.Endpoint] }, Acknowledged = new() }, handler));
    }

    public static void AcknowledgedPush(RoleWork work)
    {
        var settings = new PushSettings { Name = "push", Socket = new SocketSettings { Connect = [work.Endpoint], Linger = TimeSpan.Zero }, Acknowledged = new() };
        Produce(work, PushRole.Props(settings), role => Props.Create(() => new Producer(role, work)));
    }

    public static void JournalPull(RoleWork work)
    {
        var handler = Counter(work);
        using var journal = new TemporaryJournal();
        var settings = new PullSettings
        {
            Name = "pull",
            Socket = new SocketSettings { Bind = [work.Endpoint] },
            Acknowledged = new AcknowledgedSettings { Credit = TemporaryJournal.Capacity },
            Journal = journal.Settings,
        };
        Serve(work, PullRole.Props(settings, handler));
    }

    public static void JournalPush(RoleWork work)
    {
        using var journal = new TemporaryJournal();
        var settings = new PushSettings
        {
            Name = "push",
            Socket = new SocketSettings { Connect = [work.Endpoint], Linger = TimeSpan.Zero },
            Outbound = new OutboundSettings(TemporaryJournal.Capacity, OverflowRule.Backpressure),
            Acknowledged = new(),
            Journal = journal.Settings,
        };
        Produce(work, PushRole.Props(settings), role => Props.Create(() => new Producer(role, work)), journal.Report);
    }

    public static void Reply(RoleWork work)
    {
        // It measures nothing, but reports what it allocated when it is stopped.
        var unmeasured = work with { Timing = RoleWork.Unmeasured };
        var handler = Props.Create(() => new CountingHandler(unmeasured, answers: true));
        Serve(work, ReplyRole.Props(new ReplySettings { Name = "rep", Socket = new SocketSettings { Bind = [work.Endpoint] } }, handler));
    }

    public static void Request(RoleWork work)
    {
        var settings = new RequestSettings { Name = "req", Socket = new SocketSettings { Connect = [work.Endpoint], Linger = TimeSpan.Zero } };
        Produce(work, RequestRole.Props(settings), role => Props.Create(() => new Requester(role, work)));
    }

    private static Props Counter(RoleWork work) =>
        work.Single ? Props.Create(() => new CountingHandler(work, false)) : Props.Create(() => new BatchCountingHandler(work));

    /// <summary>Starts a role and its producer, if it has one, and tells its endpoints, with a comma between them.</summary>
    public static void Serve(RoleWork work, Props role, Func<IActorRef, Props>? producer = null)
    {
        using var system = work.NewSystem();
        var started = system.ActorOf(role, "role");
        var ready = started.Ask<RoleReady>(WhenReady.Instance, Patience).GetAwaiter().GetResult();
        if (producer is not null) system.ActorOf(producer(started), "producer");
        Console.WriteLine($"endpoint {string.Join(',', ready.Endpoints)}");
        WaitForStop(system);
    }

    /// <summary>Starts a role that needs nobody's help.</summary>
    public static void Run(RoleWork work, Func<ActorSystem, Props> role)
    {
        using var system = work.NewSystem();
        system.ActorOf(role(system), "role");
        WaitForStop(system);
    }

    /// <param name="role">The role.</param>
    /// <param name="producer">Who sends through it.</param>
    /// <param name="report">Called with the role before it stops.</param>
    private static void Produce(RoleWork work, Props role, Func<IActorRef, Props> producer, Action<IActorRef>? report = null)
    {
        using var system = work.NewSystem();
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
