namespace Actors.Host.Configuration;

/// <summary>Reads subscribe roles, plain and retained.</summary>
internal static class SubscribeReader
{
    public static RoleDraft Read(RoleSection section) => section.Entries.Get<bool>(Keys.SubscribeDelivery) ? Retained(section) : Plain(section);

    private static RoleDraft Plain(RoleSection section)
    {
        var keys = section.Entries;
        if (keys.Has(Keys.RetainedSubscription)) keys.Fault(Keys.RetainedSubscription.Name, "is set, but the delivery is plain: expected delivery = retained");
        var settings = new SubscribeSettings
        {
            Name = section.Name,
            Socket = section.Socket(),
            Topics = keys.Get<IReadOnlyList<string>>(Keys.Topics),
            InboundWindow = keys.Get<int>(Keys.InboundWindow),
            ConfirmTimeout = keys.Get<TimeSpan>(Keys.ConfirmTimeout),
        };
        var handler = section.Handler();
        return new RoleDraft(settings, () => SubscribeRole.Props(settings, handler!), settings.Socket);
    }

    private static RoleDraft Retained(RoleSection section)
    {
        var keys = section.Entries;
        if (keys.Has(Keys.ConfirmTimeout)) keys.Fault(Keys.ConfirmTimeout.Name, "is a key of delivery = plain: a retained subscription is always confirmed");
        var below = keys.Below(Keys.RetainedSubscription.Name);
        below.Allow(Keys.RetainedEnd, "the section of a subscribe role");
        var settings = new RetainedSubscribeSettings
        {
            Name = section.Name,
            Socket = section.Socket(),
            Topics = keys.Get<IReadOnlyList<string>>(Keys.Topics),
            InboundWindow = keys.Get<int>(Keys.InboundWindow),
            HeartbeatInterval = below.Get<TimeSpan>(Keys.SubscriberHeartbeat),
            HeartbeatTimeout = below.Get<TimeSpan>(Keys.SubscriberTimeout),
        };
        var handler = section.Handler();
        return new RoleDraft(settings, () => RetainedSubscribeRole.Props(settings, handler!), settings.Socket);
    }
}
