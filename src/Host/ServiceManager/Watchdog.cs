using Akka.Actor;

namespace Actors.Host.ServiceManager;

/// <summary>Says that the host is alive as long as the actor that runs its roles answers.</summary>
internal sealed class Watchdog : UntypedActor, IWithTimers
{
    private readonly ServiceNotices _notices;
    private readonly IActorRef _host;
    private readonly TimeSpan _interval;

    public Watchdog(ServiceNotices notices, IActorRef host, TimeSpan interval)
    {
        _notices = notices;
        _host = host;
        _interval = interval;
    }

    /// <summary>Set by Akka.</summary>
    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Look), Look.Instance, TimeSpan.Zero, _interval);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Look: _host.Tell(new Identify(null), Self); break;
            case ActorIdentity { Subject: not null }: _notices.Alive(); break;
            case ActorIdentity: break;
            default: Unhandled(message); break;
        }
    }

    private sealed record Look
    {
        public static Look Instance { get; } = new();
    }
}
