using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests;

/// <summary>config/pipeline.conf with the document's programs in each of the three places.</summary>
public sealed class PipelineTests(ITestOutputHelper log)
{
    private const string File = "pipeline.conf";

    [SkippableFact]
    public async Task Our_push_their_worker_our_pull()
    {
        var (push, pushEndpoint) = await HostProcess.StartRole(log, File, "push", "roles.push.bind=tcp://127.0.0.1:0", "roles.push.source.interval=50ms");
        await using var ourPush = push;
        var (pull, pullEndpoint) = await HostProcess.StartRole(log, File, "pull", "roles.pull.bind=tcp://127.0.0.1:0");
        await using var ourPull = pull;
        await using var worker = PythonPeer.Start(log, "worker", pushEndpoint, pullEndpoint);

        await push.Expect("已发送");
        await worker.Expect("正在转发...");
        await pull.Expect("response: 测试消息");
    }

    [SkippableFact]
    public async Task Their_push_our_worker_their_pull()
    {
        var (pull, pullEndpoint) = await PythonPeer.Bind(log, "pull");
        await using var theirPull = pull;
        var (push, pushEndpoint) = await PythonPeer.Bind(log, "push", "测试消息", "3");
        await using var theirPush = push;
        var (worker, _) = await HostProcess.StartRole(log, File, "worker", $"roles.worker.pull.connect={pushEndpoint}", $"roles.worker.push.connect={pullEndpoint}");
        await using var ourWorker = worker;

        await worker.Expect("正在转发...");
        var received = new List<string>();
        for (var i = 0; i < 3; i++) received.Add(await pull.Expect("response: "));
        Assert.Equal(["response: 测试消息 0", "response: 测试消息 1", "response: 测试消息 2"], received.Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task Our_worker_passes_on_every_one_of_many_messages()
    {
        var (pull, pullEndpoint) = await PythonPeer.Bind(log, "pull", "10000");
        await using var theirPull = pull;
        var (push, pushEndpoint) = await PythonPeer.Bind(log, "push", "m", "20000");
        await using var theirPush = push;
        var (worker, _) = await HostProcess.StartRole(
            log, File, "worker", $"roles.worker.pull.connect={pushEndpoint}", $"roles.worker.push.connect={pullEndpoint}", "roles.worker.handler.print=null");
        await using var ourWorker = worker;

        await pull.Expect("pulled 10000");
        await pull.Expect("pulled 20000");
    }

    [SkippableFact]
    public async Task Two_of_their_pullers_share_our_push_fairly()
    {
        var lines = Path.GetTempFileName();
        await System.IO.File.WriteAllLinesAsync(lines, Enumerable.Range(0, 2000).Select(n => $"m {n}"));
        try
        {
            var endpoints = new List<string>();
            var (first, one) = await PythonPeer.Bind(log, "pull", "1000");
            var (second, two) = await PythonPeer.Bind(log, "pull", "1000");
            await using var a = first;
            await using var b = second;
            var (push, _) = await HostProcess.StartRole(
                log, File, "push", $"roles.push={{ bind = null, connect = [\"{one}\", \"{two}\"], source = {{ type = lines, text = null, interval = null, print = null, path = \"{lines}\" }} }}");
            await using var ours = push;

            await first.Expect("pulled 1000");
            await second.Expect("pulled 1000");
        }
        finally
        {
            System.IO.File.Delete(lines);
        }
    }

    [SkippableFact]
    public async Task Our_push_goes_on_when_the_puller_is_killed_and_comes_back()
    {
        var (push, endpoint) = await HostProcess.StartRole(log, File, "push", "roles.push.bind=tcp://127.0.0.1:0", "roles.push.source.interval=20ms");
        await using var ours = push;
        for (var round = 0; round < 3; round++)
        {
            await using var puller = PythonPeer.Connect(log, "pull", endpoint);
            await puller.Expect("response: 测试消息");
            await puller.Kill();
        }
    }

    [SkippableFact]
    public async Task Our_pull_goes_on_when_the_pusher_is_killed_and_comes_back()
    {
        var (pull, endpoint) = await HostProcess.StartRole(log, File, "pull", "roles.pull.bind=tcp://127.0.0.1:0");
        await using var ours = pull;
        for (var round = 0; round < 3; round++)
        {
            await using var pusher = PythonPeer.Connect(log, "push", endpoint, $"round-{round}", "3");
            await pull.Expect($"response: round-{round} 2");
            await pusher.Kill();
        }
    }

    [SkippableFact]
    public async Task Our_worker_goes_on_when_both_its_peers_are_killed_and_come_back()
    {
        var source = HostProcess.FreeEndpoint();
        var sink = HostProcess.FreeEndpoint();
        var (worker, _) = await HostProcess.StartRole(log, File, "worker", $"roles.worker.pull.connect={source}", $"roles.worker.push.connect={sink}");
        await using var ours = worker;
        for (var round = 0; round < 3; round++)
        {
            await using var pull = PythonPeer.Start(log, "pull", "bind", sink);
            await using var push = PythonPeer.Start(log, "push", "bind", source, $"round-{round}", "3");
            await pull.Expect($"response: round-{round} ");
            await push.Kill();
            await pull.Kill();
        }
    }

    [Fact]
    public async Task All_roles_in_one_process_print_the_documents_output()
    {
        var first = HostProcess.FreeEndpoint();
        var second = HostProcess.FreeEndpoint();
        await using var host = HostProcess.Start(
            log, HostProcess.Config(File), "--set", $"roles.push.bind={first}", "--set", $"roles.worker.pull.connect={first}", "--set", $"roles.worker.push.connect={second}", "--set", $"roles.pull.bind={second}");

        await host.Expect("已发送");
        await host.Expect("正在转发...");
        await host.Expect("response: 测试消息");
        host.Terminate();
        Assert.Equal(0, (await host.End()).ExitCode);
    }
}
