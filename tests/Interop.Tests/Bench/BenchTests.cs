using System.Text.Json;
using Actors.Zmtp;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests.Bench;

/// <summary>The bench and peers on real libzmq.</summary>
public sealed class BenchTests(ITestOutputHelper log)
{
    private async Task<(int Code, JsonElement Result)> Run(params string[] arguments)
    {
        var (code, lines) = await VerbRun.ToEnd(log, ["bench", .. arguments, "--output", "json"]);
        var json = lines.LastOrDefault(line => line.StartsWith('{'));
        Assert.True(json is not null, string.Join(Environment.NewLine, lines));
        return (code, JsonDocument.Parse(json).RootElement);
    }

    [SkippableFact]
    public async Task Round_trips_to_their_echo_are_measured()
    {
        var (rep, endpoint) = await PythonPeer.Bind(log, "rep_echo");
        await using var theirs = rep;

        var (code, result) = await Run("req", "--connect", endpoint, "--count", "500", "--warm-up", "10", "--size", "32");

        Assert.Equal((0, 500, 32), (code, result.GetProperty("messages").GetInt32(), result.GetProperty("size").GetInt32()));
        var times = result.GetProperty("latency");
        double Of(string name) => times.GetProperty(name).GetDouble();
        Assert.True(Of("p50") > 0 && Of("p50") <= Of("p99") && Of("p99") <= Of("p999") && Of("p999") <= Of("max"), times.ToString());
        Assert.False(result.TryGetProperty("fromSend", out _));
    }

    [SkippableFact]
    public async Task With_a_rate_a_peer_that_stands_still_makes_all_requests_of_that_time_late()
    {
        using var router = new RouterSocket("@tcp://127.0.0.1:0");
        const int first = 50, held = 100;
        var answering = Task.Run(() =>
        {
            var waiting = new Queue<List<byte[]>>();
            List<byte[]>? frames = null;
            for (var received = 1; received <= 200 && router.TryReceiveMultipartBytes(PeerProcess.Patience, ref frames); received++)
            {
                waiting.Enqueue(frames);
                frames = null;
                // It stands still once, until half of all requests wait.
                if (received > first && received < first + held) continue;
                while (waiting.TryDequeue(out var request)) router.SendMultipartBytes(request);
            }
        });

        var (code, result) = await Run("req", "--connect", router.Options.LastEndpoint!, "--count", "200", "--rate", "200", "--warm-up", "0");

        await answering;
        Assert.Equal(0, code);
        // The requests of half a second were held up, at 200 a second: about half of the 200, not the one alone that met the stop.
        Assert.InRange(result.GetProperty("latency").GetProperty("p90").GetDouble(), 100_000, 10_000_000);
        Assert.True(result.TryGetProperty("fromSend", out _));
    }

    [SkippableFact]
    public async Task A_sender_and_a_receiver_measure_the_same_messages()
    {
        var endpoint = HostProcess.FreeEndpoint();
        var pulling = Run("pull", "--bind", endpoint, "--count", "20000");
        var (sent, sender) = await Run("push", "--connect", endpoint, "--count", "20000", "--size", "64");
        var (received, receiver) = await pulling;

        Assert.Equal((0, 0), (sent, received));
        Assert.Equal((20000, 20000, 64), (sender.GetProperty("messages").GetInt32(), receiver.GetProperty("messages").GetInt32(), receiver.GetProperty("size").GetInt32()));
        Assert.True(receiver.GetProperty("rate").GetDouble() > 0);
    }

    [SkippableFact]
    public async Task Their_pull_gets_what_is_sent_at_a_rate()
    {
        var (pull, endpoint) = await PythonPeer.Bind(log, "probed", "pull", "null");
        await using var theirs = pull;
        var (code, result) = await Run("push", "--connect", endpoint, "--count", "200", "--rate", "400");

        Assert.Equal(0, code);
        Assert.InRange(result.GetProperty("seconds").GetDouble(), 0.45, 30);
        Assert.True(result.TryGetProperty("lateness", out _));
        await pull.WriteLine("seen");
        await pull.Expect("seen 200");
    }

    [SkippableFact]
    public async Task A_publisher_waits_for_a_subscriber()
    {
        var endpoint = HostProcess.FreeEndpoint();
        var publishing = Run("pub", "--bind", endpoint, "--count", "500");
        var (received, subscriber) = await Run("sub", "--connect", endpoint, "--count", "500");
        Assert.Equal((0, 500), (received, subscriber.GetProperty("messages").GetInt32()));
        Assert.Equal(0, (await publishing).Code);
    }

    [SkippableFact]
    public async Task Their_request_is_answered_with_itself()
    {
        await using var echo = VerbRun.Start(log, "bench", "rep", "--bind", "tcp://127.0.0.1:*");
        var endpoint = (await echo.Expect("answers at ")).Split(" at ")[1];
        await using var req = PythonPeer.Connect(log, "secured", endpoint, "req", "null");
        await req.WriteLine("echo");
        await req.Expect("reply echo");
        Assert.Equal(0, await echo.Stop());
    }

    [SkippableFact]
    public async Task Both_ends_in_one_process_give_a_table()
    {
        var (code, lines) = await VerbRun.ToEnd(log, "bench", "self", "--count", "2000");
        Assert.Equal(0, code);
        Assert.Contains(lines, line => line.StartsWith("pull  100", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("req   100", StringComparison.Ordinal) && line.Contains("round trip", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Nobody_there_is_told()
    {
        var (code, lines) = await VerbRun.ToEnd(log, "bench", "req", "--connect", HostProcess.FreeEndpoint(), "--wait", "200ms");
        Assert.Equal(3, code);
        Assert.Contains(lines, line => line.Contains("no peer came", StringComparison.Ordinal));
    }
}
