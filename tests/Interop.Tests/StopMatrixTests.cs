using System.Diagnostics;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests;

/// <summary>A host ends within its deadline: each pattern, in each state, after each way to be asked.</summary>
public sealed class StopMatrixTests(ITestOutputHelper log) : IDisposable
{
    // Larger than the buffer of a pipe, so that the first line that is printed blocks where nobody reads.
    private const int LongText = 200_000;

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    // Behind the stop timeout the process has half a second; a machine that is busy with other tests is slow.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    private static readonly Dictionary<string, (string Sender, string Roles)> s_patterns = new()
    {
        ["pipeline"] = ("push", """
            push { pattern = push, bind = "A", source = SOURCE }
            worker { pattern = worker, workers = 2, pull { connect = "A" }, push { connect = "B" }, handler { type = echo } }
            pull { pattern = pull, bind = "B", handler { type = console, print = "{text}" } }
            """),
        ["acknowledged"] = ("push", """
            push { pattern = push, delivery = acknowledged, bind = "A", source = SOURCE }
            worker { pattern = worker, delivery = acknowledged, workers = 2, pull { connect = "A" }, push { connect = "B" }, handler { type = echo } }
            pull { pattern = pull, delivery = acknowledged, bind = "B", handler { type = console, print = "{text}" } }
            """),
        ["request"] = ("client", """
            server { pattern = reply, bind = "B", handler { type = echo, print = "{text}" } }
            client { pattern = request, connect = "B", source = SOURCE, handler { type = console, print = "{text}" } }
            """),
        ["exec"] = ("client", """
            server { pattern = reply, bind = "B", handler { type = exec, command = ["/bin/sh", "-c", "cat; sleep 60"], timeout = 50s } }
            client { pattern = request, connect = "B", timeout = 50s, source = SOURCE, handler { type = console, print = "{text}" } }
            """),
        ["queue"] = ("client", """
            queue { pattern = queue, clients { bind = "B" }, servers { bind = "A" } }
            server { pattern = reply, queue { connect = "A" }, handler { type = echo, print = "{text}" } }
            client { pattern = request, delivery = acknowledged, connect = "B", source = SOURCE, handler { type = console, print = "{text}" } }
            """),
        ["dealer"] = ("dealer", """
            router { pattern = router, bind = "B", handler { type = echo, print = "{text}" } }
            dealer { pattern = dealer, connect = "B", source = SOURCE, handler { type = console, print = "{text}" } }
            """),
        ["pair"] = ("first", """
            second { pattern = pair, bind = "B", handler { type = console, print = "{text}" } }
            first { pattern = pair, connect = "B", source = SOURCE, handler { type = console, print = "{text}" } }
            """),
        ["streamer"] = ("push", """
            push { pattern = push, connect = "A", source = SOURCE }
            streamer { pattern = streamer, frontend { bind = "A" }, backend { bind = "B" } }
            pull { pattern = pull, connect = "B", handler { type = console, print = "{text}" } }
            """),
        ["forwarder"] = ("publisher", """
            publisher { pattern = publish, connect = "A", source = SOURCE }
            forwarder { pattern = forwarder, frontend { bind = "A" }, backend { bind = "B" } }
            subscriber { pattern = subscribe, connect = "B", topics = [""], handler { type = console, print = "{text}" } }
            """),
        ["publish"] = ("publisher", """
            publisher { pattern = publish, bind = "A", source = SOURCE }
            subscriber { pattern = subscribe, connect = "A", topics = [""], handler { type = console, print = "{text}" } }
            """),
        ["retained"] = ("publisher", """
            publisher { pattern = publish, bind = "A", source = SOURCE, retain = window, retained { bind = "B", count = 10 } }
            subscriber { pattern = subscribe, delivery = retained, connect = "B", topics = [""], handler { type = console, print = "{text}" } }
            """),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("stop-matrix").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, string, string> Rows()
    {
        var rows = new TheoryData<string, string, string>();
        // Which signal asks is a matter of the process and not of the engine: what HUP does is tested on one of them. The second TERM is not,
        // because it shortens the time of the sockets.
        string[] ways = EngineUnderTest.IsZmtp ? ["TERM", "TERM TERM"] : ["TERM", "TERM TERM", "HUP"];
        foreach (var pattern in s_patterns.Keys)
            foreach (var state in new[] { "idle", "busy", "peer stalled", "stdout stalled" })
                foreach (var signals in ways) rows.Add(pattern, state, signals);
        return rows;
    }

    [SkippableTheory]
    [MemberData(nameof(Rows))]
    public async Task A_host_ends_within_its_deadline(string pattern, string state, string signals)
    {
        Skip.IfNot(File.Exists("/usr/bin/mkfifo"), "there is no mkfifo");
        var (sender, roles) = s_patterns[pattern];
        var text = state == "stdout stalled" ? new string('x', LongText) : "x";
        var source = state == "idle" ? "{ type = stdin }" : $"{{ type = ticker, interval = 1ms, text = \"{text}\" }}";
        var file = Path.Combine(_folder, "host.conf");
        await File.WriteAllTextAsync(file, $"host.stop-timeout = {StopTimeout.TotalSeconds}s\nroles {{\n{roles}\n}}"
            .Replace("SOURCE", source, StringComparison.Ordinal)
            .Replace("\"A\"", $"\"{HostProcess.FreeEndpoint()}\"", StringComparison.Ordinal)
            .Replace("\"B\"", $"\"{HostProcess.FreeEndpoint()}\"", StringComparison.Ordinal));
        string[] arguments = [file, "--set", "akka.loglevel=INFO", .. state == "peer stalled" ? ["--role", sender] : Array.Empty<string>()];
        await using var host = state == "stdout stalled" ? HostProcess.StartUnread(log, _folder, arguments) : HostProcess.Start(log, arguments);
        await host.Expect(state == "peer stalled" ? $"{sender} is open" : $"{sender} is ready");

        var asked = Stopwatch.StartNew();
        foreach (var signal in signals.Split(' ')) host.Signal(signal);
        var (code, _) = await host.End();

        Assert.InRange(asked.Elapsed, TimeSpan.Zero, StopTimeout + Slack);
        Assert.InRange(code, 0, 1);
    }
}
