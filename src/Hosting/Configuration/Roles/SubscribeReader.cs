namespace Actors.Hosting.Configuration;

/// <summary>Reads subscribe roles.</summary>
internal static class SubscribeReader
{
    public static RoleDraft Read(RoleSection section)
    {
        var keys = section.Entries;
        var retained = Retained(keys);
        var settings = new SubscribeSettings
        {
            Name = section.Name,
            Socket = section.Socket(),
            Topics = keys.Get<IReadOnlyList<string>>(Keys.Topics),
            InboundWindow = keys.Get<int>(Keys.InboundWindow),
            ConfirmTimeout = keys.Get<TimeSpan>(Keys.ConfirmTimeout),
            Retained = retained,
        };
        if (settings.Topics.Count == 0) keys.Warn(Keys.Topics.Name, "is empty, so the role receives nothing: expected prefixes, or \"\" for all messages");
        var handler = section.Handler();
        return new RoleDraft(settings, () => SubscribeRole.Props(settings, handler!), settings.Socket);
    }

    /// <summary>Null where the delivery is plain, and the keys of the other are mistakes.</summary>
    private static RetainedSubscription? Retained(Section keys)
    {
        if (!keys.Get<bool>(Keys.SubscribeDelivery))
        {
            if (keys.Has(Keys.RetainedSubscription)) keys.Fault(Keys.RetainedSubscription.Name, "is set, but the delivery is plain: expected delivery = retained");
            return null;
        }
        if (keys.Has(Keys.ConfirmTimeout)) keys.Fault(Keys.ConfirmTimeout.Name, "is a key of delivery = plain: a retained subscription is always confirmed");
        var below = keys.Below(Keys.RetainedSubscription.Name);
        below.Allow(Keys.RetainedEnd, "the section of a subscribe role");
        return new RetainedSubscription
        {
            Heartbeat = HeartbeatReader.Read(below),
        };
    }
}
