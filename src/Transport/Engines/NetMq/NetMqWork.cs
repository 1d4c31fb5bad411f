using Akka.Dispatch;

namespace Actors.Transport;

/// <summary>Work of the adapter itself on a poller's thread.</summary>
internal sealed class NetMqWork(Action run) : IRunnable
{
    public void Run() => run();

    public void Execute() => Run();
}
