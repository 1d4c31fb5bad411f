using Actors;
using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using MicrosoftHost = Microsoft.Extensions.Hosting.Host;

namespace Host.Tests.Telemetry;

/// <summary>The samples of docs/telemetry.md.</summary>
public sealed class TelemetrySamples
{
    [Fact]
    public void Each_block_of_the_page_is_code_of_these_tests() => DocumentedCode.Check("docs/telemetry.md", "csharp", "tests/Host.Tests/Telemetry/TelemetrySamples.cs", "tests/Host.Tests/Telemetry/TraceSample.cs");

    [Fact]
    public async Task The_meters_of_an_app_are_exported()
    {
        var builder = MicrosoftHost.CreateApplicationBuilder();
        #region metrics
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter("Actors", "Actors.Grains").AddOtlpExporter())
            .WithTracing(tracing => tracing.AddSource("Actors", "Actors.Grains").AddOtlpExporter());
        #endregion
        await using var collector = new OtlpEndpoint();
        builder.Services.Configure<OpenTelemetry.Exporter.OtlpExporterOptions>(options =>
        {
            options.Endpoint = new Uri($"{collector.Address}v1/metrics");
            options.Protocol = OpenTelemetry.Exporter.OtlpExportProtocol.HttpProtobuf;
        });
        using var app = builder.Build();
        await app.StartAsync();
        using var system = ActorSystem.Create("app", "akka.loglevel = WARNING");
        system.ActorOf(PushRole.Props(new PushSettings { Name = "lonely", Socket = new Actors.Transport.SocketSettings { Bind = ["tcp://127.0.0.1:0"] } }));
        await system.ActorSelection("/user/*").ResolveOne(TimeSpan.FromSeconds(20));
        app.Services.GetRequiredService<MeterProvider>().ForceFlush();

        await collector.Expect("/v1/metrics", "actors.messages.waiting", "lonely");
        await app.StopAsync();
        await system.Terminate();
    }

    [Fact]
    public async Task The_log_of_the_actor_system_goes_to_the_providers_of_the_app()
    {
        var builder = MicrosoftHost.CreateApplicationBuilder();
        var lines = new Lines();
        builder.Logging.AddProvider(lines);
        #region logging
        builder.Services.AddAkka("app", akka => akka
            .ConfigureLoggers(log =>
            {
                log.ClearLoggers();
                log.AddLoggerFactory();
            }));
        #endregion
        using var app = builder.Build();
        await app.StartAsync();
        app.Services.GetRequiredService<ActorSystem>().Log.Warning("no {0}", "room");

        Assert.True(await lines.Came.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        await app.StopAsync();
    }

    /// <summary>Waits for the warning of the test.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        public TaskCompletionSource<bool> Came { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

        public void Log<TState>(Microsoft.Extensions.Logging.LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == Microsoft.Extensions.Logging.LogLevel.Warning && formatter(state, exception).Contains("no room", StringComparison.Ordinal)) Came.TrySetResult(true);
        }

        public void Dispose()
        {
        }
    }
}
