using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests;

public sealed class WorkerFairnessTests(ITestOutputHelper log)
{
    [SkippableFact]
    public async Task Two_of_our_workers_share_their_pipeline_fairly()
    {
        var (pull, sink) = await PythonPeer.Bind(log, "pull", "2000");
        await using var theirPull = pull;
        var source = HostProcess.FreeEndpoint();
        var first = await Worker(source, sink, "first");
        await using var a = first;
        var second = await Worker(source, sink, "second");
        await using var b = second;
        // Both wait for the push end, which goes on only when both are connected: it sends in turn from its first message.
        await using var push = PythonPeer.Start(log, "push_to_all", "bind", source, "2", "2000");

        await pull.Expect("pulled 2000");
        first.Terminate();
        second.Terminate();
        var (one, two) = (await Count(first, "first"), await Count(second, "second"));
        Assert.Equal(2000, one + two);
        Assert.InRange(one, 900, 1100);
    }

    private async Task<HostProcess> Worker(string source, string sink, string name)
    {
        var (worker, _) = await HostProcess.StartRole(
            log, "pipeline.conf", "worker", $"roles.worker.pull.connect={source}", $"roles.worker.push.connect={sink}", $"roles.worker.handler.print={name} works");
        return worker;
    }

    private static async Task<int> Count(HostProcess worker, string name) =>
        (await worker.End()).Lines.Count(line => line.StartsWith($"{name} works", StringComparison.Ordinal));
}
