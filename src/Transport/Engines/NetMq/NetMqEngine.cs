using NetMQ;

namespace Actors.Transport;

/// <summary>The engine <c>netmq</c>: the package NetMQ.</summary>
/// <remarks>Its ipc is a tcp port in disguise that no libzmq peer can reach, so ipc is not among its transports.</remarks>
internal sealed class NetMqEngine : IEngine
{
    // Behind the longest linger time; a machine may be slow, and a process must end.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private TimeSpan _longestLinger;
    private long _lingersUntil;

    public string Name => "netmq";

    public EngineAbilities Abilities { get; } = new(
        ["tcp", "inproc"],
        TellsLosses: false,
        [SecurityMechanism.Null, SecurityMechanism.Curve],
        AsksWhoMayConnect: false);

    // NetMQ tells nobody of its faults.
    public event Action<Exception>? Faulted
    {
        add { }
        remove { }
    }

    public IEnginePoller StartPoller(string name, Action<Exception> workFailed) => new NetMqPollerThread(this, name, workFailed);

    public void FinishSending(TimeSpan? most)
    {
        // NetMQ sets no limit of its own, and waits for ever for a socket that was not closed.
        TimeSpan limit;
        lock (_lock) limit = _longestLinger + Grace;
        var lingersUntil = Volatile.Read(ref _lingersUntil);
        var begun = Environment.TickCount64;
        EngineEnd.Within(most < limit ? most.Value : limit, Name, () => NetMQConfig.Cleanup(block: true));
        NetMqConnectionEnds.ReleaseAll();
        // A socket that has sent everything closes at once, so one that used its time up had something left.
        if (lingersUntil > begun && Environment.TickCount64 >= lingersUntil) throw new TimeoutException($"a socket has used up its linger time; whether it has sent everything is not known, because the engine {Name} does not tell");
    }

    // NetMQ does not tell when a closed socket has ended.
    public Task Delivered(TimeSpan linger) => Task.Delay(linger);

    /// <summary>A socket of this engine goes on delivering for so long when it is closed.</summary>
    public void Lingers(TimeSpan linger)
    {
        lock (_lock)
            if (linger > _longestLinger) _longestLinger = linger;
    }

    /// <summary>A socket is closed, and delivers what it has for so long.</summary>
    public void Closes(TimeSpan linger)
    {
        if (linger <= TimeSpan.Zero) return;
        lock (_lock) _lingersUntil = Math.Max(_lingersUntil, Environment.TickCount64 + (long)linger.TotalMilliseconds);
    }
}
