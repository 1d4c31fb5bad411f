using System.Runtime.CompilerServices;
using Actors.Hosting.Configuration;
using Actors.Host.Grains;
using Actors.Host.Status;
using Akka.Actor;

namespace Actors.Host.Http;

/// <summary>Starts what a plan serves over HTTP. Names nothing of ASP.NET, so that a host without <c>host.http</c> does not load it.</summary>
internal static class HttpServing
{
    /// <param name="plan">A plan of the program.</param>
    /// <param name="status">What there is to show.</param>
    /// <param name="system">Whose log is shown.</param>
    /// <param name="errors">Where the address is said.</param>
    /// <returns>To be disposed when nothing is to be seen any more; null when the plan serves nothing.</returns>
    /// <exception cref="ConfigException">The endpoint cannot be bound; the actor system has ended.</exception>
    public static async Task<IAsyncDisposable?> Start(HostPlan plan, IStatusReader status, ActorSystem system, TextWriter errors)
    {
        if (ProgramExtras.Of(plan).Http is not { } http) return null;
        try
        {
            return await Start(http, status, system, errors);
        }
        catch (Exception fault) when (fault is IOException or System.Net.Sockets.SocketException)
        {
            await system.Terminate();
            throw new ConfigException(plan.File.OriginOf(HttpPlan.BindKey), HttpPlan.BindKey, $"{http.Bind} cannot be bound: {(fault.InnerException ?? fault).Message}");
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<IAsyncDisposable> Start(HttpPlan http, IStatusReader status, ActorSystem system, TextWriter errors)
    {
        var server = await HttpServer.Start(http, status, system);
        errors.WriteLine($"http: {server.Address}");
        return server;
    }
}
