using NetMQ;

namespace Actors.Transport;

/// <summary>The engine <c>netmq</c>: the package NetMQ.</summary>
/// <remarks>Its ipc is a tcp port in disguise that no libzmq peer can reach, so ipc is not among its transports.</remarks>
internal sealed class NetMqEngine : IEngine
{
    public string Name => "netmq";

    public EngineAbilities Abilities { get; } = new(["tcp", "inproc"], TellsLosses: false);

    // NetMQ tells nobody of its faults.
    public event Action<Exception>? Faulted
    {
        add { }
        remove { }
    }

    public IEnginePoller StartPoller(string name, Action<Exception> workFailed) => new NetMqPollerThread(name, workFailed);

    public void FinishSending() => NetMQConfig.Cleanup(block: true);
}
