namespace Actors.Host.Configuration;

/// <summary>Reads push roles, plain and acknowledged.</summary>
internal static class PushReader
{
    public static RoleDraft Read(RoleSection section)
    {
        if (AcknowledgedReader.IsAcknowledged(section)) return Acknowledged(section);
        var settings = new PushSettings { Name = section.Name, Socket = section.Socket(), Outbound = section.Outbound(Keys.Overflow) };
        return new RoleDraft(settings, () => PushRole.Props(settings), settings.Socket);
    }

    private static RoleDraft Acknowledged(RoleSection section)
    {
        var settings = new AcknowledgedPushSettings
        {
            Name = section.Name,
            Socket = section.Socket(),
            Outbound = section.Outbound(Keys.Overflow, Keys.OutstandingCapacity),
            Acknowledged = AcknowledgedReader.Read(section, Keys.SendingEnd, "a push role"),
            Journal = section.Journal(),
        };
        return new RoleDraft(settings, () => AcknowledgedPushRole.Props(settings), settings.Socket);
    }
}
