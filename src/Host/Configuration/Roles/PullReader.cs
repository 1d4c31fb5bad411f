namespace Actors.Host.Configuration;

/// <summary>Reads pull roles, plain and acknowledged.</summary>
internal static class PullReader
{
    public static RoleDraft Read(RoleSection section)
    {
        if (AcknowledgedReader.IsAcknowledged(section)) return Acknowledged(section);
        var settings = new PullSettings { Name = section.Name, Socket = section.Socket(), InboundWindow = section.Entries.Get<int>(Keys.InboundWindow) };
        var handler = section.Handler();
        return new RoleDraft(settings, () => PullRole.Props(settings, handler!), settings.Socket);
    }

    private static RoleDraft Acknowledged(RoleSection section)
    {
        AcknowledgedReader.RefuseInboundWindow(section);
        var settings = new AcknowledgedPullSettings
        {
            Name = section.Name,
            Socket = section.Socket(),
            Acknowledged = AcknowledgedReader.Read(section, Keys.ReceivingEnd, "a pull role"),
            Journal = section.Journal(),
        };
        var handler = section.Handler();
        return new RoleDraft(settings, () => AcknowledgedPullRole.Props(settings, handler!), settings.Socket);
    }
}
