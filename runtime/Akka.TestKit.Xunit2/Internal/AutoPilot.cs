using Akka.Actor;

namespace Akka.TestKit;

/// <summary>
/// Reacts to messages in the test actor itself, before they are put into its queue: on the actor's thread, so it must
/// be quick and not touch the TestKit.
/// </summary>
public abstract class AutoPilot
{
    public static KeepRunning KeepRunning => KeepRunning.Instance;

    public static NoAutoPilot NoAutoPilot => NoAutoPilot.Instance;

    /// <returns>The pilot of the next message; <see cref="KeepRunning"/> leaves this one in place.</returns>
    public abstract AutoPilot Run(IActorRef sender, object message);
}

/// <summary>Ends automatic reactions.</summary>
public sealed class NoAutoPilot : AutoPilot
{
    public static readonly NoAutoPilot Instance = new();

    private NoAutoPilot()
    {
    }

    public override AutoPilot Run(IActorRef sender, object message) => this;
}

/// <summary>The answer of a pilot that wants to stay; never a pilot itself.</summary>
public sealed class KeepRunning : AutoPilot
{
    public static readonly KeepRunning Instance = new();

    private KeepRunning()
    {
    }

    public override AutoPilot Run(IActorRef sender, object message) =>
        throw new InvalidOperationException("KeepRunning is only an answer of AutoPilot.Run; it must not be set as the pilot.");
}

public delegate AutoPilot AutoPilotDelegate(IActorRef sender, object message);

/// <summary>A pilot from a function.</summary>
public sealed class DelegateAutoPilot : AutoPilot
{
    private readonly AutoPilotDelegate _autoPilotDelegate;

    public DelegateAutoPilot(AutoPilotDelegate autoPilotDelegate)
    {
        ArgumentNullException.ThrowIfNull(autoPilotDelegate);
        _autoPilotDelegate = autoPilotDelegate;
    }

    public override AutoPilot Run(IActorRef sender, object message) => _autoPilotDelegate(sender, message);
}
