using Actors.Zmtp;

namespace Actors.Transport;

/// <summary>The engine <c>zmtp</c>: our own, <c>Actors.Zmtp</c>.</summary>
internal sealed class ZmtpEngine : IEngine
{
    public string Name => "zmtp";

    public EngineAbilities Abilities { get; } = new(["tcp", "ipc", "ws", "inproc"], TellsLosses: true);

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
}
