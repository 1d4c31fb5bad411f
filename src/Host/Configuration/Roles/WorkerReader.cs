namespace Actors.Host.Configuration;

/// <summary>Reads worker roles, plain and acknowledged.</summary>
internal static class WorkerReader
{
    public static RoleDraft Read(RoleSection section)
    {
        if (AcknowledgedReader.IsAcknowledged(section)) return Acknowledged(section);
        var keys = section.Entries;
        var settings = new WorkerSettings
        {
            Name = section.Name,
            Pull = section.SocketBelow(Keys.PullSection),
            Push = section.SocketBelow(Keys.PushSection),
            Workers = keys.Get<int>(Keys.Workers),
            Pool = keys.Get<WorkerPool>(Keys.Pool),
            InboundWindow = keys.Get<int>(Keys.InboundWindow),
            Outbound = section.Outbound(Keys.Overflow),
        };
        var handler = section.Handler();
        return new RoleDraft(settings, () => WorkerRole.Props(settings, handler!), settings.Pull, settings.Push);
    }

    private static RoleDraft Acknowledged(RoleSection section)
    {
        var keys = section.Entries;
        AcknowledgedReader.RefuseInboundWindow(section);
        if (keys.Has(Keys.Outbound)) keys.Fault(Keys.Outbound.Name, "is a section of delivery = plain: acknowledged.credit bounds the results as well");
        var settings = new AcknowledgedWorkerSettings
        {
            Name = section.Name,
            Pull = section.SocketBelow(Keys.PullSection),
            Push = section.SocketBelow(Keys.PushSection),
            Workers = keys.Get<int>(Keys.Workers),
            Pool = keys.Get<WorkerPool>(Keys.Pool),
            Acknowledged = AcknowledgedReader.Read(section, [.. Keys.SendingEnd, .. Keys.ReceivingEnd], "a worker role"),
        };
        var handler = section.Handler();
        return new RoleDraft(settings, () => AcknowledgedWorkerRole.Props(settings, handler!), settings.Pull, settings.Push);
    }
}
