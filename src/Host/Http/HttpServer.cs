using System.Net;
using Actors.Host.Http.Events;
using Actors.Host.Status;
using Actors.Hosting.Configuration;
using Akka.Actor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Actors.Host.Http;

/// <summary>The host over HTTP: health, metrics, status, events, and a page for people.</summary>
/// <remarks>ASP.NET is loaded when this class is first used, which a host without <c>host.http</c> never does.</remarks>
internal sealed class HttpServer : IAsyncDisposable
{
    /// <summary>The most connections at once; further ones are closed.</summary>
    public const int MostConnections = 256;

    /// <summary>The meters that <c>/metrics</c> shows: ours, and those of .NET.</summary>
    private static readonly string[] s_meters = ["Actors", "Actors.*", "System.Runtime"];

    private readonly WebApplication _app;
    private readonly EventFeed _feed;
    private readonly MeterProvider _metrics;
    private readonly IActorRef _log;

    private HttpServer(WebApplication app, EventFeed feed, MeterProvider metrics, IActorRef log)
    {
        _app = app;
        _feed = feed;
        _metrics = metrics;
        _log = log;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Address = new Uri(addresses.Addresses.First());
    }

    /// <summary>Where it listens, with the port that the system chose in place of port 0.</summary>
    public Uri Address { get; }

    /// <summary>Listens, and answers as long as it is not disposed.</summary>
    /// <param name="plan">Where to listen, and who may ask.</param>
    /// <param name="status">What there is to show.</param>
    /// <param name="system">Whose log is shown.</param>
    /// <exception cref="IOException">The endpoint cannot be bound.</exception>
    public static async Task<HttpServer> Start(HttpPlan plan, IStatusReader status, ActorSystem system)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(HttpServer).Assembly.GetName().Name });
        // The host handles signals itself, and tells this server when to end.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Listen(plan.Bind, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        var lines = new LogLines();
        var feed = new EventFeed(status, lines, TimeProvider.System);
        var metrics = Sdk.CreateMeterProviderBuilder().AddMeter(s_meters).AddPrometheusExporter().Build();
        var gate = new Gate(plan);
        var health = new HealthAnswers(status, gate);
        var events = new EventAnswer(feed);
        app.Use(gate.Pass);
        app.UseOpenTelemetryPrometheusScrapingEndpoint(metrics, context => context.Request.Path == Paths.Metrics, path: null, configureBranchedPipeline: null, optionsName: null);
        app.Run(context => context.Request.Path.Value switch
        {
            Paths.Live => health.Live(context),
            Paths.Ready => health.Ready(context),
            Paths.Status => StatusAnswer.Write(context, status),
            Paths.Events => events.Write(context),
            _ => PageFiles.Write(context),
        });
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            metrics.Dispose();
            throw;
        }
        var log = system.ActorOf(Props.Create(() => new LogTail(lines)));
        // From here on no line is missed.
        await log.Ask<ActorIdentity>(new Identify(null));
        return new HttpServer(app, feed, metrics, log);
    }

    /// <summary>Ends what is being sent, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _feed.Dispose();
        _log.Tell(PoisonPill.Instance);
        using var atOnce = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
        _metrics.Dispose();
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>What can be asked for besides the files of the page.</summary>
internal static class Paths
{
    public const string Live = "/healthz/live";
    public const string Ready = "/healthz/ready";
    public const string Metrics = "/metrics";
    public const string Status = "/api/status";
    public const string Events = "/api/events";
}
