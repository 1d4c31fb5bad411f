namespace Actors.Host.Configuration;

/// <summary>Reads dealer, router and pair roles.</summary>
internal static class DirectReaders
{
    public static RoleDraft ReadDealer(RoleSection section)
    {
        var settings = new DealerSettings
        {
            Name = section.Name,
            Socket = section.Socket(),
            Delimiter = section.Entries.Get<bool>(Keys.DealerDelimiter),
            InboundWindow = section.Entries.Get<int>(Keys.InboundWindow),
            Outbound = section.Outbound(Keys.Overflow),
        };
        var handler = section.Handler();
        return new RoleDraft(settings, () => DealerRole.Props(settings, handler!), settings.Socket);
    }

    public static RoleDraft ReadRouter(RoleSection section)
    {
        var settings = new RouterSettings
        {
            Name = section.Name,
            Socket = section.Socket(),
            Handover = section.Entries.Get<bool>(Keys.Handover),
            Delimiter = section.Entries.Get<bool>(Keys.RouterDelimiter),
            InboundWindow = section.Entries.Get<int>(Keys.InboundWindow),
            Outbound = section.Outbound(Keys.Overflow),
        };
        var handler = section.Handler();
        return new RoleDraft(settings, () => RouterRole.Props(settings, handler!), settings.Socket);
    }

    public static RoleDraft ReadPair(RoleSection section)
    {
        var settings = new PairSettings
        {
            Name = section.Name,
            Socket = section.Socket(),
            InboundWindow = section.Entries.Get<int>(Keys.InboundWindow),
            Outbound = section.Outbound(Keys.Overflow),
        };
        var handler = section.Handler();
        return new RoleDraft(settings, () => PairRole.Props(settings, handler!), settings.Socket);
    }
}
