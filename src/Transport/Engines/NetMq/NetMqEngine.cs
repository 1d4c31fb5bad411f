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

    public string Name => "netmq";

    public EngineAbilities Abilities { get; } = new(["tcp", "inproc"], TellsLosses: false);

    // NetMQ tells nobody of its faults.
    public event Action<Exception>? Faulted
    {
        add { }
        remove { }
    }

    public IEnginePoller StartPoller(string name, Action<Exception> workFailed) => new NetMqPollerThread(this, name, workFailed);

    public void FinishSending()
    {
        // NetMQ sets no limit of its own, and waits for ever for a socket that was not closed.
        TimeSpan limit;
        lock (_lock) limit = _longestLinger + Grace;
        var ended = new ManualResetEventSlim();
        new Thread(() =>
        {
            NetMQConfig.Cleanup(block: true);
            ended.Set();
        })
        { IsBackground = true, Name = "NetMQ cleanup" }.Start();
        if (!ended.Wait(limit)) throw new TimeoutException($"the engine {Name} has not closed its sockets within {limit.TotalMilliseconds} ms; whether they have sent everything is not known");
    }

    // NetMQ does not tell when a closed socket has ended.
    public Task Delivered(TimeSpan linger) => Task.Delay(linger);

    /// <summary>A socket of this engine goes on delivering for so long when it is closed.</summary>
    public void Lingers(TimeSpan linger)
    {
        lock (_lock)
            if (linger > _longestLinger) _longestLinger = linger;
    }
}
