using Actors.Zmtp;

namespace Actors.Transport;

/// <summary>The engine <c>zmtp</c>: our own, <c>Actors.Zmtp</c>.</summary>
internal sealed class ZmtpEngine : IEngine
{
    // Behind the linger time, to tell what was lost.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(250);

    public string Name => "zmtp";

    public EngineAbilities Abilities { get; } = new(
        ["tcp", "ipc", "ws", "inproc"],
        TellsLosses: true,
        [SecurityMechanism.Null, SecurityMechanism.Plain, SecurityMechanism.Curve],
        AsksWhoMayConnect: true);

    public event Action<Exception>? Faulted
    {
        add => ZmqContext.Faulted += value;
        remove => ZmqContext.Faulted -= value;
    }

    public IEnginePoller StartPoller(string name, Action<Exception> workFailed) => new ZmtpPollerThread(name, workFailed);

    public void FinishSending(TimeSpan? most)
    {
        if (most is { } limit) EngineEnd.Within(limit, Name, () => ZmqContext.Terminate(block: true));
        else ZmqContext.Terminate(block: true);
    }

    // Where other sockets are open, nothing but the time tells that the closed ones have ended.
    public Task Delivered(TimeSpan linger) => Task.Run(() => ZmqContext.WaitUntilEmpty(linger + Margin));
}
