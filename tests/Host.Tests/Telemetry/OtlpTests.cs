using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Host.Tests.Configuration;
using Actors.Host.Telemetry;
using Host.Tests.Running;

namespace Host.Tests.Telemetry;

/// <summary>What a host exports by the standard variables of OpenTelemetry.</summary>
public sealed class OtlpTests : IDisposable
{
    private const string Pipeline = """
        akka.loglevel = INFO
        actors.transport.engine = zmtp
        roles {
          sink { pattern = pull, bind = "inproc://pipe", handler { type = console } }
          feed { pattern = push, connect = "inproc://pipe", source { type = ticker, text = x, interval = 10ms } }
        }
        """;

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Metrics_and_logs_of_a_host_come_to_a_collector_under_the_name_of_its_file()
    {
        await using var collector = new OtlpEndpoint();
        using var host = new StartedHost(_files.Write("plant.conf", Pipeline), collector.Variables);

        await collector.Expect("/v1/metrics", "actors.messages.sent", "actors.messages.received", "actors.peers", "actors.handler.duration", "feed", "sink", "push", "service.name", "plant");
        await collector.Expect("/v1/logs", "sink is open: inproc://pipe", "plant");
        Assert.Equal(0, (await host.End(stop: true)).Code);
    }

    [Fact]
    public async Task A_variable_names_the_service_in_place_of_the_file_and_another_switches_a_signal_off()
    {
        await using var collector = new OtlpEndpoint();
        var variables = new Dictionary<string, string>(collector.Variables) { ["OTEL_SERVICE_NAME"] = "works", ["OTEL_LOGS_EXPORTER"] = "none" };
        using var host = new StartedHost(_files.Write("plant.conf", Pipeline), variables);

        await collector.Expect("/v1/metrics", "works", "actors.messages.sent");
        Assert.Equal(0, (await host.End(stop: true)).Code);
        Assert.DoesNotContain("/v1/logs", collector.Paths);
    }

    [Fact]
    public async Task A_collector_that_does_not_answer_does_not_keep_a_host_from_ending_in_time()
    {
        // Nothing listens at port 1.
        using var host = new StartedHost(_files.Write("plant.conf", "host.stop-timeout = 3s\n" + Pipeline), new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1" });
        Assert.NotNull(await host.Output.ReadLineAsync());
        var stopping = Stopwatch.StartNew();

        Assert.Equal(0, (await host.End(stop: true)).Code);
        Assert.InRange(stopping.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_collector_that_takes_connections_and_says_nothing_does_not_keep_a_host_from_ending_in_time()
    {
        var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var host = new StartedHost(_files.Write("plant.conf", "host.stop-timeout = 3s\n" + Pipeline), new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://{silent.LocalEndpoint}",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "50",
        });
        using var connection = await silent.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromSeconds(60));
        var stopping = Stopwatch.StartNew();

        Assert.Equal(0, (await host.End(stop: true)).Code);
        // The exporter itself would wait 10 s.
        Assert.InRange(stopping.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(9));
        silent.Stop();
    }

    [Fact]
    public async Task Without_a_variable_a_host_loads_nothing_of_the_exporter()
    {
        using var host = new StartedHost(_files.Write("plant.conf", Pipeline));
        Assert.NotNull(await host.Output.ReadLineAsync());

        var maps = host.Maps;
        Assert.Contains("Actors.Host.dll", maps, StringComparison.Ordinal);
        Assert.DoesNotContain("OpenTelemetry", maps, StringComparison.Ordinal);
        Assert.Equal(0, (await host.End(stop: true)).Code);
    }

    [Theory]
    [InlineData("", false, false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317", true, true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317 OTEL_TRACES_EXPORTER=none", true, false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://c:4317", true, false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=http://c:4317", false, false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317 OTEL_SDK_DISABLED=true", false, false, false)]
    public void The_standard_variables_choose_the_signals(string variables, bool metrics, bool traces, bool logs)
    {
        var set = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=', 2)).ToDictionary(one => one[0], one => one[1]);

        Assert.Equal(new OtlpSignals(metrics, traces, logs), OtlpSignals.Of(name => set.GetValueOrDefault(name)));
    }
}
