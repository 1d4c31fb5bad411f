using System.Globalization;
using System.Text.RegularExpressions;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests;

/// <summary>config/pipeline-acknowledged.conf with the programs of examples/python in each of the three places.</summary>
public sealed partial class AcknowledgedPipelineTests(ITestOutputHelper log) : IDisposable
{
    private const string File = "pipeline-acknowledged.conf";

    // Long enough that a kill comes in the middle on any machine.
    private const int Count = 20_000;

    private readonly string _lines = WriteNumbers();

    public void Dispose() => System.IO.File.Delete(_lines);

    private static string WriteNumbers()
    {
        var path = Path.GetTempFileName();
        System.IO.File.WriteAllLines(path, Enumerable.Range(0, Count).Select(n => $"m {n}"));
        return path;
    }

    /// <summary>A push host that sends all numbers, and ends when each is acknowledged.</summary>
    private Task<(HostProcess Host, string Endpoint)> StartPush() => HostProcess.StartRole(
        log, File, "push", "host.stop-when-done=on", "host.stop-timeout=60s",
        $"roles.push={{ bind = \"tcp://127.0.0.1:0\", source = {{ type = lines, text = null, interval = null, print = null, path = \"{_lines}\" }} }}");

    private Task<(HostProcess Host, string Endpoint)> StartPull() => HostProcess.StartRole(log, File, "pull", "roles.pull.bind=tcp://127.0.0.1:0");

    /// <summary>A worker host; it says that it is ready when its sockets are open.</summary>
    private Task<(HostProcess Host, string Endpoint)> StartWorker(string from, string to) => HostProcess.StartRole(
        log, File, "worker", $"roles.worker.pull.connect=\"{from}\"", $"roles.worker.push.connect=\"{to}\"", "roles.worker.handler.print=null");

    /// <summary>The push host has ended with every message acknowledged.</summary>
    private static async Task<IReadOnlyList<string>> AssertAllAcknowledged(HostProcess push)
    {
        var (code, lines) = await push.End();
        var ledger = Assert.Single(lines, line => line.Contains("accepted", StringComparison.Ordinal));
        Assert.Contains($"accepted {Count} = acknowledged {Count} + outstanding 0 (waiting 0, assigned 0) + dead-lettered 0", ledger, StringComparison.Ordinal);
        Assert.Equal(0, code);
        return lines;
    }

    /// <summary>The pull host printed each number once, and nothing else.</summary>
    private static async Task AssertEachOnce(HostProcess pull, IEnumerable<string> before)
    {
        pull.Terminate();
        var (code, lines) = await pull.End();
        var numbers = before.Concat(lines).Select(line => Number().Match(line)).Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.Empty(Enumerable.Range(0, Count).Except(numbers));
        Assert.Equal(Count, numbers.Count);
        Assert.Contains(lines, line => line.Contains($"received {Count}, in hand 0", StringComparison.Ordinal));
        Assert.Equal(0, code);
    }

    [GeneratedRegex(@"response: m (\d+)$")]
    private static partial Regex Number();

    [SkippableFact]
    public async Task Their_worker_killed_in_the_middle_loses_nothing_between_our_ends()
    {
        var (pull, pullEndpoint) = await StartPull();
        await using var ourPull = pull;
        var (push, pushEndpoint) = await StartPush();
        await using var ourPush = push;
        await using (var killed = PythonPeer.StartExample(log, "worker", pushEndpoint, pullEndpoint))
        {
            await pull.Expect("response: m 3000");
            await killed.Kill();
        }
        await using var again = PythonPeer.StartExample(log, "worker", pushEndpoint, pullEndpoint);

        await AssertAllAcknowledged(push);
        await AssertEachOnce(pull, pull.Seen);
    }

    [SkippableFact]
    public async Task Our_worker_killed_in_the_middle_loses_nothing_between_our_ends()
    {
        var (pull, pullEndpoint) = await StartPull();
        await using var ourPull = pull;
        var (push, pushEndpoint) = await StartPush();
        await using var ourPush = push;
        var (killed, _) = await StartWorker(pushEndpoint, pullEndpoint);
        await using (killed)
        {
            await pull.Expect("response: m 3000");
            await killed.Kill();
        }
        var (again, _) = await StartWorker(pushEndpoint, pullEndpoint);
        await using var ourWorker = again;

        await AssertAllAcknowledged(push);
        await AssertEachOnce(pull, pull.Seen);
    }

    [SkippableFact]
    public async Task Our_worker_serves_their_source_and_their_sink()
    {
        await using var sink = PythonPeer.StartExample(log, "sink", "tcp://127.0.0.1:*", "1000");
        var sinkEndpoint = (await sink.Expect("bound "))["bound ".Length..];
        await using var source = PythonPeer.StartExample(log, "source", "tcp://127.0.0.1:*", "5000");
        var sourceEndpoint = (await source.Expect("bound "))["bound ".Length..];
        var (killed, _) = await StartWorker(sourceEndpoint, sinkEndpoint);
        await using (killed)
        {
            await sink.Expect("received 1000 ");
            await killed.Kill();
        }
        var (again, _) = await StartWorker(sourceEndpoint, sinkEndpoint);
        await using var ourWorker = again;

        await source.Expect("accepted 5000 acknowledged 5000");
        await sink.Expect("received 5000 ");
    }

    [SkippableFact]
    public async Task All_three_of_theirs_speak_the_protocol()
    {
        await using var sink = PythonPeer.StartExample(log, "sink", "tcp://127.0.0.1:*", "1000");
        var sinkEndpoint = (await sink.Expect("bound "))["bound ".Length..];
        await using var source = PythonPeer.StartExample(log, "source", "tcp://127.0.0.1:*", "3000");
        var sourceEndpoint = (await source.Expect("bound "))["bound ".Length..];
        await using var worker = PythonPeer.StartExample(log, "worker", sourceEndpoint, sinkEndpoint);

        await source.Expect("accepted 3000 acknowledged 3000 redelivered 0");
        await sink.Expect("received 3000 repeats 0: message 2999");
    }

    [Fact]
    public async Task The_shipped_file_runs_in_one_process()
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
