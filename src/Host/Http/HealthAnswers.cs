using Actors.Host.Status;
using Microsoft.AspNetCore.Http;

namespace Actors.Host.Http;

/// <summary>The answers for those who restart a host or send it traffic: 200 when all is well, otherwise 503.</summary>
/// <remarks>They need no token. Without it they are one word; with it, or where none is needed, they name the roles.</remarks>
internal sealed class HealthAnswers(IStatusReader status, Gate gate)
{
    /// <summary>A host that does not tell its status within this time is stuck.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Whether the host works and no role has given up.</summary>
    public async Task Live(HttpContext context)
    {
        var now = await Read(context);
        if (now is null) await Answer(context, isWell: false, "not live", $"the host did not tell its status within {Patience.TotalSeconds} s");
        else
        {
            var ended = now.Host.State == HostState.Draining ? [] : now.Roles.Where(role => role.State == RoleState.Stopped).ToList();
            await Answer(context, ended.Count == 0, ended.Count == 0 ? "live" : "not live", ended.Count == 0 ? $"{now.Roles.Count} roles run" : $"stopped: {Named(ended)}");
        }
    }

    /// <summary>Whether every role can do its work.</summary>
    public async Task Ready(HttpContext context)
    {
        var now = await Read(context);
        if (now is null) await Answer(context, isWell: false, "not ready", $"the host did not tell its status within {Patience.TotalSeconds} s");
        else if (now.Host.State == HostState.Draining) await Answer(context, isWell: false, "not ready", "the host is being stopped");
        else
        {
            var unready = now.Roles.Where(role => role.State != RoleState.Ready).ToList();
            var isReady = unready.Count == 0 && now.Host.State == HostState.Running;
            await Answer(context, isReady, isReady ? "ready" : "not ready", isReady ? $"{now.Roles.Count} roles are ready" : unready.Count == 0 ? "the host starts" : $"not ready: {Named(unready)}");
        }
    }

    private async Task<HostStatus?> Read(HttpContext context)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(Patience);
        try
        {
            return await status.Read(patience.Token).WaitAsync(patience.Token);
        }
        catch (Exception fault) when (fault is OperationCanceledException or Akka.Actor.AskTimeoutException && !context.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
    }

    private Task Answer(HttpContext context, bool isWell, string word, string details)
    {
        context.Response.StatusCode = isWell ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(gate.IsKnown(context.Request) ? $"{word}: {details}\n" : $"{word}\n", context.RequestAborted);
    }

    private static string Named(IEnumerable<RoleReport> roles) =>
        string.Join("; ", roles.Select(role => $"{role.Name} ({role.Failure ?? role.State.ToString().ToLowerInvariant()})"));
}
