using Akka.Actor;
using Akka.Event;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>Terminates the TestKit's system.</summary>
    /// <param name="duration">How long to wait for it; by default 5 seconds, dilated.</param>
    /// <param name="verifySystemShutdown">Whether it is a failure if the system takes longer; if not, it is logged.</param>
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) =>
        Shutdown(_system, duration, verifySystemShutdown);

    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        var time = duration ?? Dilated(TimeSpan.FromSeconds(5));
        if (system.Terminate().Wait(time))
        {
            return;
        }

        var text = $"Failed to stop [{system.Name}] within {time}:\n{((ExtendedActorSystem)system).PrintTree()}";
        if (verifySystemShutdown)
        {
            throw new TimeoutException(text);
        }

        _log.Warning(text.Replace("{", "{{").Replace("}", "}}"));
    }
}
