using Actors.Host.Reload;
using Actors.Host.Running;
using Actors.Host.Status;
using Akka.Actor;

namespace Actors.Host.Control;

/// <summary>Answers the requests of the control socket.</summary>
internal sealed class HostControl(IStatusReader status, IActorRef host, Reloader reloader, LogLevels levels)
{
    public async Task<ControlReply> Answer(ControlRequest request, CancellationToken cancel)
    {
        switch (request.Verb)
        {
            case ControlVerbs.Status: return ControlReply.New() with { Status = await status.Read(cancel).ConfigureAwait(false) };
            case ControlVerbs.Drain when request.Role is null: return Missing(request, "role");
            case ControlVerbs.Drain: return await Drain(request.Role, cancel).ConfigureAwait(false);
            case ControlVerbs.Reload: return await reloader.Reload(cancel).ConfigureAwait(false);
            case ControlVerbs.LogLevel when request.Level is null: return Missing(request, "level");
            case ControlVerbs.LogLevel: return SetLevel(request.Level, request.Role);
            case ControlVerbs.Stop:
                host.Tell(StopHost.Instance);
                return ControlReply.New() with { Stopping = true };
            default: return ControlReply.Failed(ControlErrors.UnknownVerb, $"there is no verb \"{request.Verb}\": expected one of {string.Join(", ", ControlVerbs.All)}");
        }
    }

    private static ControlReply Missing(ControlRequest request, string field) => ControlReply.Failed(ControlErrors.Malformed, $"{request.Verb} needs the field \"{field}\"");

    private async Task<ControlReply> Drain(string role, CancellationToken cancel)
    {
        var end = await host.Ask<RolesChanged>(new DrainRoleOfHost(role), reloader.ChangeTime, cancel).ConfigureAwait(false);
        return end.Refusal is { } refusal ? ControlReply.New() with { Error = refusal } : ControlReply.New() with { Drained = end.Drained.Single() };
    }

    private ControlReply SetLevel(string level, string? role)
    {
        if (!LogLevels.Words.Contains(level)) return ControlReply.Failed(ControlErrors.Malformed, $"there is no level \"{level}\": expected one of {string.Join(", ", LogLevels.Words)}");
        if (role is not null && reloader.Current.Roles.All(known => known.Name != role)) return ControlReply.Failed(ControlErrors.UnknownRole, RoleNames.Unknown(reloader.Current, role));
        return ControlReply.New() with { LogLevel = new LogLevelReport(level, role) { Limit = levels.Set(level, role) } };
    }
}
