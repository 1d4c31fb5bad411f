using Actors.Host.Running;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Event;

namespace Actors.Host.Telemetry;

/// <summary>
/// Takes the events of Akka's log on the thread that logs. A logger that is an actor gets them on another one, where the span of
/// who logged is not known any more.
/// </summary>
internal sealed class LogTap(ActorSystem system, HostLog log) : MinimalActorRef
{
    public override ActorPath Path { get; } = ((ExtendedActorSystem)system).Provider.TempPath();

    public override IActorRefProvider Provider { get; } = ((ExtendedActorSystem)system).Provider;

    private readonly LogLevels _levels = LogLevels.Of(system);

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is LogEvent what && what.LogLevel() >= system.EventStream.LogLevel && _levels.IsWritten(StandardErrorLogger.RoleOf(what.LogSource), what.LogLevel())) log.Write(what);
    }
}

/// <summary>Has the logger of an actor system write to this log.</summary>
internal sealed class HostLogSetup(HostLog log) : Setup
{
    public HostLog Log => log;
}
