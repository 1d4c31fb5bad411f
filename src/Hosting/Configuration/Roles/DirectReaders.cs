namespace Actors.Hosting.Configuration;

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
        CheckAddresses(section.Entries);
        var handler = section.Handler();
        return new RoleDraft(settings, () => RouterRole.Props(settings, handler!), settings.Socket);
    }

    /// <summary>What a router's source sends begins with the routing id of a peer.</summary>
    private static void CheckAddresses(Section keys)
    {
        if (!keys.Has(Keys.RouterSource)) return;
        var source = keys.Below(Keys.RouterSource.Name);
        if (!source.Has(Keys.SourceType)) return;
        if (source.Get<SourceKind>(Keys.SourceType) != SourceKind.Ticker)
        {
            if (!source.Has(Keys.LineSeparator)) source.Fault(Keys.LineSeparator.Name, "is missing: expected the text that divides the routing id of the peer, which a router sends by, from the message");
        }
        else if (source.Has(Keys.TickerText) && source.Get<IReadOnlyList<string>>(Keys.TickerText).Count == 1)
        {
            source.Fault(Keys.TickerText.Name, "has one frame: expected the routing id of the peer, which a router sends by, and the message behind it");
        }
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
