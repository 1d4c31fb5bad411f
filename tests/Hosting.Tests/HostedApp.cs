using System.Threading.Channels;
using Actors.Hosting;
using Actors.Transport;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hosting.Tests;

/// <summary>An app with an actor system of roles, as a user writes it, on the engine under test.</summary>
internal sealed class HostedApp : IAsyncDisposable
{
    /// <summary>Long, because the machine may be slow; a test that passes never waits so long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public const string AnyPort = "tcp://127.0.0.1:0";

    private readonly IHost _host;
    private bool _isStarted;

    private HostedApp(IHost host, LogLines log)
    {
        _host = host;
        Log = log;
    }

    /// <summary>What the app has logged.</summary>
    public LogLines Log { get; }

    public IServiceProvider Services => _host.Services;

    public ActorSystem System => Services.GetRequiredService<ActorSystem>();

    public ZeroMqRoles Roles => ZeroMqRoles.Of(System);

    /// <summary>The app, not started.</summary>
    public static HostedApp Of(Action<ZeroMqBuilder> roles, Action<IServiceCollection>? services = null, Action<AkkaConfigurationBuilder>? akka = null)
    {
        var log = new LogLines();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Information);
        builder.Services.AddHealthChecks();
        services?.Invoke(builder.Services);
        builder.Services.AddAkka("app", system =>
        {
            system.AddHocon(EngineUnderTest.Config, HoconAddMode.Prepend).ConfigureLoggers(loggers => loggers.ClearLoggers().AddLoggerFactory());
            akka?.Invoke(system);
            system.WithZeroMq(roles);
        });
        return new HostedApp(builder.Build(), log);
    }

    /// <summary>The app, started.</summary>
    public static async Task<HostedApp> Start(Action<ZeroMqBuilder> roles, Action<IServiceCollection>? services = null, Action<AkkaConfigurationBuilder>? akka = null)
    {
        var app = Of(roles, services, akka);
        await app.Start();
        return app;
    }

    public async Task Start()
    {
        await _host.StartAsync().WaitAsync(Patience);
        _isStarted = true;
    }

    public Task Stop() => _host.StopAsync().WaitAsync(Patience);

    /// <summary>The role with that key.</summary>
    public IActorRef Role<TRole>() => Services.GetRequiredService<IRequiredActor<TRole>>().ActorRef;

    /// <summary>The first endpoint of a role, with the port that the system chose.</summary>
    public string Endpoint(string role) => Roles[role].Endpoints[0];

    public async ValueTask DisposeAsync()
    {
        // A host that has not started has nothing to stop.
        if (_isStarted) await Stop();
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
        else _host.Dispose();
    }

    /// <summary>What the health check says.</summary>
    public async Task<HealthReportEntry> Check(string name) =>
        (await Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == name)).Entries[name];

    /// <summary>Waits for the condition, which an event of the actor system brings about; says what is there instead when it does not come.</summary>
    public async Task Becomes(string role, RoleCondition condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (Roles[role].Condition != condition)
        {
            if (patience.IsCancellationRequested) throw new TimeoutException($"{role} is not {condition} within {Patience.TotalSeconds} s: {Roles[role]}");
            await Task.Yield();
        }
    }

    /// <summary>The next item, which must come.</summary>
    public static async Task<T> Next<T>(Channel<T> channel, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return await channel.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{what} did not come within {Patience.TotalSeconds} s");
        }
    }
}

/// <summary>Keeps log lines, and tells of each that comes.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly Lock _lock = new();
    private readonly List<(LogLevel Level, string Text)> _lines = [];

    public IReadOnlyList<string> At(LogLevel level)
    {
        lock (_lock) return [.. _lines.Where(line => line.Level == level).Select(line => line.Text)];
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lock) _lines.Add((logLevel, formatter(state, exception)));
    }

    public void Dispose()
    {
    }
}
