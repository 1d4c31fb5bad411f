namespace Actors.Hosting.Configuration;

/// <summary>Reads push roles.</summary>
internal static class PushReader
{
    public static RoleDraft Read(RoleSection section)
    {
        var acknowledged = AcknowledgedReader.Read(section, Keys.SendingEnd, "a push role");
        var settings = new PushSettings
        {
            Name = section.Name,
            Socket = section.Socket(),
            Outbound = section.Outbound(Keys.Overflow, acknowledged is null ? null : Keys.OutstandingCapacity),
            Acknowledged = acknowledged,
            Journal = acknowledged is null ? null : section.Journal(),
        };
        return new RoleDraft(settings, () => PushRole.Props(settings), settings.Socket);
    }
}
