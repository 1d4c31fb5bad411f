using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>Asks the guardian to tell the sender before the system ends.</summary>
public sealed class RegisterTerminationHook
{
    private RegisterTerminationHook()
    {
    }

    public static RegisterTerminationHook Instance { get; } = new();

    public override string ToString() => "<RegisterTerminationHook>";
}

/// <summary>Tells a registered actor that the user actors have stopped.</summary>
public sealed class TerminationHook
{
    private TerminationHook()
    {
    }

    public static TerminationHook Instance { get; } = new();

    public override string ToString() => "<TerminationHook>";
}

/// <summary>A registered actor's word that the system may end.</summary>
public sealed class TerminationHookDone
{
    private TerminationHookDone()
    {
    }

    public static TerminationHookDone Instance { get; } = new();

    public override string ToString() => "<TerminationHookDone>";
}

/// <summary>Asks a guardian to stop one of its children.</summary>
public sealed class StopChild
{
    public StopChild(IActorRef child) => Child = child;

    public IActorRef Child { get; }

    public override string ToString() => $"<StopChild>: {Child}";
}
