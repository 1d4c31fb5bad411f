namespace Actors.Hosting.Configuration;

/// <summary>Reads pull roles.</summary>
internal static class PullReader
{
    public static RoleDraft Read(RoleSection section)
    {
        var acknowledged = AcknowledgedReader.Read(section, Keys.ReceivingEnd, "a pull role");
        var settings = new PullSettings
        {
            Name = section.Name,
            Socket = section.Socket(),
            InboundWindow = AcknowledgedReader.InboundWindow(section, acknowledged is not null),
            Acknowledged = acknowledged,
            Journal = acknowledged is null ? null : section.Journal(),
        };
        var handler = section.Handler();
        return new RoleDraft(settings, () => PullRole.Props(settings, handler!), settings.Socket);
    }
}
