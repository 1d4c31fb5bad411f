using Actors.Transport;
using Akka.Dispatch;

namespace Transport.Tests;

/// <summary>The thread of an engine's poller, without actors.</summary>
public sealed class PollerThreadTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_poller_that_is_stopped_on_its_own_thread_ends_and_leaves_nothing_open()
    {
        var engine = Engines.Find(EngineUnderTest.Name)!;
        var failures = new List<Exception>();
        var poller = engine.StartPoller("stops itself", failures.Add);
        var stopping = new TaskCompletionSource<Task>();

        poller.Post(new ActionRunnable(() => stopping.SetResult(poller.Stop())));

        await (await stopping.Task.WaitAsync(s_patience)).WaitAsync(s_patience);
        Assert.Empty(failures);
    }
}
