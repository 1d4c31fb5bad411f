using System.Diagnostics;
using System.Text.Json;
using Actors.Host.Telemetry;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Host.Tests.Configuration;
using Host.Tests.Running;

namespace Host.Tests.Telemetry;

/// <summary>How the lines of a host's log look.</summary>
public sealed class LogFormatTests : IDisposable
{
    private const string Config = """akka { loglevel = INFO, stdout-loglevel = OFF, loggers = ["Actors.Host.Running.StandardErrorLogger, Actors.Host"] }""";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Every_line_of_a_host_with_a_json_log_is_an_object()
    {
        using var host = new StartedHost(_files.Write("plant.conf", """
            host { stop-when-done = on, log.format = json }
            akka.loglevel = INFO
            roles.out { pattern = publish, bind = "tcp://127.0.0.1:0", source { type = ticker, text = x, count = 1 } }
            """));

        var (code, errors) = await host.End(stop: false);
        Assert.Equal(0, code);
        var lines = errors.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.All(lines, line => Assert.True(DateTimeOffset.TryParse(line.GetProperty("time").GetString(), System.Globalization.CultureInfo.InvariantCulture, out _)));
        Assert.Contains(lines, line => line.GetProperty("role").GetString() == "out" && line.GetProperty("level").GetString() == "info" && line.GetProperty("message").GetString()!.StartsWith("out is open: tcp://", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.GetProperty("role").GetString() == "host" && line.GetProperty("message").GetString()!.Contains("publish", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_of_a_source_that_fails_is_an_object_of_a_json_log()
    {
        using var host = new StartedHost(_files.Write("plant.conf", """
            host { stop-when-done = on, log.format = json, ready-timeout = 0s }
            roles.ask { pattern = request, connect = "tcp://127.0.0.1:1", timeout = 50ms, source { type = ticker, text = x, count = 1 } }
            """));

        var (_, errors) = await host.End(stop: false);
        Assert.Contains(errors.Select(line => JsonDocument.Parse(line).RootElement), line => line.GetProperty("message").GetString()!.StartsWith("failed: ask: no reply within 50 ms", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_format_is_a_mistake_of_the_file()
    {
        var check = await HostCommand.Run("check", _files.Write("plant.conf", """
            host.log.format = xml
            roles.out { pattern = publish, bind = "tcp://127.0.0.1:0" }
            """));

        Assert.Equal(2, check.Code);
        Assert.Contains("host.log.format", Assert.Single(check.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_line_that_is_logged_in_the_course_of_a_span_has_its_ids(bool json)
    {
        var written = new StringWriter();
        using var log = new HostLog(json ? LogFormat.Json : LogFormat.Text, output: TextWriter.Synchronized(written));
        using var system = ActorSystem.Create("log", ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString(Config)), new HostLogSetup(log)));
        system.Log.Info("before");
        using var span = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();
        system.Log.Error(new InvalidOperationException("no room\nleft"), "it {0}", "failed");
        await Actors.Host.Running.StandardErrorLogger.AllWritten(system).WaitAsync(s_patience);
        await system.Terminate().WaitAsync(s_patience);

        var lines = written.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        var (before, within) = (lines.Single(line => line.Contains("before", StringComparison.Ordinal)), lines.Single(line => line.Contains("it failed", StringComparison.Ordinal)));
        Assert.DoesNotContain("trace", before, StringComparison.Ordinal);
        if (!json)
        {
            Assert.EndsWith($" error [host] it failed: no room\\nleft (trace {span.TraceId}, span {span.SpanId})", within, StringComparison.Ordinal);
            return;
        }
        var line = JsonDocument.Parse(within).RootElement;
        Assert.Equal((span.TraceId.ToHexString(), span.SpanId.ToHexString()), (line.GetProperty("traceId").GetString(), line.GetProperty("spanId").GetString()));
        Assert.Equal(("error", "it failed", "no room\nleft", "System.InvalidOperationException"), (line.GetProperty("level").GetString(), line.GetProperty("message").GetString(), line.GetProperty("error").GetString(), line.GetProperty("errorType").GetString()));
    }

    [Fact]
    public async Task What_is_below_the_level_is_not_written()
    {
        var written = new StringWriter();
        using var log = new HostLog(LogFormat.Text, output: TextWriter.Synchronized(written));
        using var system = ActorSystem.Create("log", ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString(Config)), new HostLogSetup(log)));
        system.EventStream.SetLogLevel(Akka.Event.LogLevel.WarningLevel);
        system.Log.Info("too much");
        system.Log.Warning("enough");
        await Actors.Host.Running.StandardErrorLogger.AllWritten(system).WaitAsync(s_patience);
        await system.Terminate().WaitAsync(s_patience);

        Assert.Contains("enough", written.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("too much", written.ToString(), StringComparison.Ordinal);
    }
}
