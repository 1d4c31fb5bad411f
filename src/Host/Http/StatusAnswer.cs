using System.Text.Json;
using Actors.Host.Status;
using Microsoft.AspNetCore.Http;

namespace Actors.Host.Http;

/// <summary>The answer of <c>/api/status</c>: a <see cref="HostStatus"/> as JSON.</summary>
internal static class StatusAnswer
{
    public static async Task Write(HttpContext context, IStatusReader status)
    {
        var now = await status.Read(context.RequestAborted);
        context.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(context.Response.Body, now, StatusJson.Default.HostStatus, context.RequestAborted);
    }
}
