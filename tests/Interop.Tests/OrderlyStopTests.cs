using System.Globalization;
using System.Text.RegularExpressions;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests;

/// <summary>What a host does with messages that it has received, when it stops in order and when it cannot print.</summary>
public sealed partial class OrderlyStopTests(ITestOutputHelper log) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orderly-stop").FullName;
    private readonly string _endpoint = HostProcess.FreeEndpoint();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Config(string roles, string stopTimeout = "30s", bool stopWhenDone = false)
    {
        var file = Path.Combine(_folder, $"{Guid.NewGuid():N}.conf");
        File.WriteAllText(file, $"host {{ stop-timeout = {stopTimeout}, stop-when-done = {(stopWhenDone ? "on" : "off")} }}\nroles {{\n{roles}\n}}".Replace("ENDPOINT", _endpoint, StringComparison.Ordinal));
        return file;
    }

    private string Lines(int count)
    {
        var file = Path.Combine(_folder, "lines.txt");
        File.WriteAllLines(file, Enumerable.Range(1, count).Select(n => n.ToString(CultureInfo.InvariantCulture)));
        return file;
    }

    /// <summary>A pull host whose handler takes a while for each message, and has worked on the first of so many.</summary>
    private async Task<(HostProcess Pull, string Worked)> SlowPullOf(int messages, string stopTimeout)
    {
        var worked = Path.Combine(_folder, "worked.txt");
        var pull = HostProcess.Start(log, Config($$"""
            pull { pattern = pull, bind = "ENDPOINT", handler { type = exec, print = "begun", command = ["/bin/sh", "-c", "cat >>{{worked}}; echo >>{{worked}}; sleep 0.02"] } }
            """, stopTimeout), "--set", "akka.loglevel=INFO");
        await using var push = HostProcess.Start(log, Config($"push {{ pattern = push, connect = \"ENDPOINT\", linger = 30s, source {{ type = lines, path = \"{Lines(messages)}\" }} }}", stopWhenDone: true));
        Assert.Equal(0, (await push.End()).ExitCode);
        await pull.Expect("begun");
        return (pull, worked);
    }

    [Fact]
    public async Task A_host_that_stops_first_works_on_what_its_handlers_have_in_hand()
    {
        var (pull, worked) = await SlowPullOf(60, "50s");
        await using var _ = pull;

        pull.Terminate();

        Assert.Equal(0, (await pull.End()).ExitCode);
        Assert.Equal(60, (await File.ReadAllLinesAsync(worked)).Length);
    }

    [SkippableFact]
    public async Task What_a_host_has_not_worked_on_at_its_deadline_is_counted_and_gives_exit_code_1()
    {
        EngineUnderTest.NeedsZmtp("does not tell what its sockets hold");
        var (pull, worked) = await SlowPullOf(300, "500ms");
        await using var _ = pull;

        pull.Terminate();

        var (code, lines) = await pull.End();
        Assert.Equal(1, code);
        var counted = lines.Concat(pull.Seen).Select(line => LostLine().Match(line)).Where(match => match.Success).Sum(match => int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture));
        Assert.Equal(300, counted + (await File.ReadAllLinesAsync(worked)).Length);
    }

    [Fact]
    public async Task A_host_that_stops_when_done_has_worked_on_everything()
    {
        await using var host = HostProcess.Start(log, Config($$"""
            push { pattern = push, bind = "ENDPOINT", source { type = lines, path = "{{Lines(2000)}}" } }
            pull { pattern = pull, connect = "ENDPOINT", handler { type = console, print = "got {text}" } }
            """, stopWhenDone: true));

        var (code, lines) = await host.End();

        Assert.Equal(0, code);
        Assert.Equal(2000, lines.Count(line => line.StartsWith("got ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_host_whose_output_nobody_reads_acknowledges_nothing_and_stops_with_the_reason()
    {
        const string Pull = """pull { pattern = pull, delivery = acknowledged, bind = "ENDPOINT", handler { type = console, print = "got {text}" } }""";
        await using var push = HostProcess.Start(log, Config($"push {{ pattern = push, delivery = acknowledged, connect = \"ENDPOINT\", source {{ type = lines, path = \"{Lines(500)}\" }} }}", stopWhenDone: true));

        await using var closed = HostProcess.StartWithoutReader(log, _folder, Config(Pull));
        var (code, lines) = await closed.End();
        Assert.Equal(1, code);
        Assert.Contains(lines, line => line.StartsWith("standard output: ", StringComparison.Ordinal));

        await using var open = HostProcess.Start(log, Config(Pull), "--set", "akka.loglevel=INFO");
        Assert.Equal(0, (await push.End()).ExitCode);
        open.Terminate();
        var printed = (await open.End()).Lines.Where(line => line.StartsWith("got ", StringComparison.Ordinal)).ToHashSet();
        Assert.Equal(500, printed.Count);
    }

    [Fact]
    public async Task Requests_in_flight_when_a_host_stops_end_before_it_and_failures_give_exit_code_1()
    {
        // Nobody is at the endpoint.
        await using var client = HostProcess.Start(log, Config($$"""
            client { pattern = request, connect = "ENDPOINT", timeout = 2s, source { type = lines, path = "{{Lines(5)}}", print = "asked {text}" }, handler { type = console } }
            """), "--set", "akka.loglevel=INFO");
        await client.Expect("asked 5");

        client.Terminate();

        var (code, lines) = await client.End();
        Assert.Equal(1, code);
        Assert.Equal(5, lines.Count(line => line.StartsWith("failed: ", StringComparison.Ordinal)));
        Assert.Contains("client: 5 of 5 requests failed", lines);
    }

    [SkippableFact]
    public async Task What_a_slow_peer_has_not_read_when_a_host_ends_reaches_it()
    {
        var file = Path.Combine(_folder, "long.txt");
        await File.WriteAllLinesAsync(file, [.. Enumerable.Range(1, 3000).Select(n => $"{n} {new string('.', 200)}"), "last"]);
        await using var slow = PythonPeer.Connect(log, "pull_slow", _endpoint);
        await using var push = HostProcess.Start(log, Config($"push {{ pattern = push, bind = \"ENDPOINT\", linger = 30s, source {{ type = lines, path = \"{file}\" }} }}", stopWhenDone: true));

        Assert.Equal(0, (await push.End()).ExitCode);

        Assert.EndsWith("received 3000", await slow.Expect("received "));
    }

    [Theory]
    [InlineData("pull { pattern = pull, bind = \"ENDPOINT\" }")]
    [InlineData("push { pattern = push, bind = \"ENDPOINT\", source { type = ticker, text = x, interval = 1ms } }")]
    [InlineData("push { pattern = push, delivery = acknowledged, bind = \"ENDPOINT\", source { type = stdin } }")]
    public async Task A_stop_timeout_of_zero_stops_at_once(string roles)
    {
        await using var host = HostProcess.Start(log, Config(roles.Replace("pattern = pull,", "pattern = pull, handler { type = console },", StringComparison.Ordinal), "0s"), "--set", "akka.loglevel=INFO");
        await host.Expect("is ready");

        host.Terminate();

        Assert.InRange((await host.End()).ExitCode, 0, 1);
    }

    [GeneratedRegex(@": dropped (?<count>\d+) messages: (Stopped|Unread|HandlerFailed)$")]
    private static partial Regex LostLine();
}
