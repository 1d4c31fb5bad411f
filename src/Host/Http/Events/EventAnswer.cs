using Microsoft.AspNetCore.Http;

namespace Actors.Host.Http.Events;

/// <summary>The answer of <c>/api/events</c>: server-sent events until the client goes or the host ends.</summary>
internal sealed class EventAnswer(EventFeed feed)
{
    public async Task Write(HttpContext context)
    {
        if (feed.Join() is not { } client)
        {
            context.Response.Headers.RetryAfter = "10";
            await Gate.Refuse(context, StatusCodes.Status503ServiceUnavailable, $"{EventFeed.MostClients} clients look already: expected one of them to go");
            return;
        }
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, feed.Ended);
        try
        {
            context.Response.ContentType = "text/event-stream; charset=utf-8";
            // A proxy in between hands on what comes at once.
            context.Response.Headers["X-Accel-Buffering"] = "no";
            while (true)
            {
                foreach (var one in await client.Take(end.Token)) await context.Response.Body.WriteAsync(one, end.Token);
                await context.Response.Body.FlushAsync(end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The client has gone, or the host ends.
        }
        finally
        {
            feed.Leave(client);
        }
    }
}
