namespace Actors.Hosting.Configuration;

/// <summary>Reads worker roles.</summary>
internal static class WorkerReader
{
    public static RoleDraft Read(RoleSection section)
    {
        var keys = section.Entries;
        var acknowledged = AcknowledgedReader.Read(section, [.. Keys.SendingEnd, .. Keys.ReceivingEnd], "a worker role");
        if (acknowledged is not null && keys.Has(Keys.Outbound)) keys.Fault(Keys.Outbound.Name, "is a section of delivery = plain: acknowledged.credit bounds the results as well");
        var settings = new WorkerSettings
        {
            Name = section.Name,
            Pull = section.SocketBelow(Keys.PullSection),
            Push = section.SocketBelow(Keys.PushSection),
            Workers = keys.Get<int>(Keys.Workers),
            Pool = keys.Get<WorkerPool>(Keys.Pool),
            InboundWindow = AcknowledgedReader.InboundWindow(section, acknowledged is not null),
            Outbound = section.Outbound(Keys.Overflow),
            Acknowledged = acknowledged,
        };
        var handler = section.Handler();
        return new RoleDraft(settings, () => WorkerRole.Props(settings, handler!), settings.Pull, settings.Push);
    }
}
