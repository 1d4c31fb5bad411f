namespace Actors.Host.Configuration;

/// <summary>Reads what the acknowledged roles of the pipeline have in common.</summary>
internal static class AcknowledgedReader
{
    /// <summary>Whether the role's delivery is acknowledged; the keys of that are mistakes where it is not.</summary>
    public static bool IsAcknowledged(RoleSection section)
    {
        var keys = section.Entries;
        if (keys.Get<Delivery>(Keys.Delivery) == Delivery.Acknowledged) return true;
        if (keys.Has(Keys.Acknowledged)) keys.Fault(Keys.Acknowledged.Name, "is set, but the delivery is plain: expected delivery = acknowledged");
        if (keys.Has(Keys.Journal) && keys.Get<bool>(Keys.Journal)) keys.Fault(Keys.Journal.Name, "is sqlite, but the delivery is plain: expected delivery = acknowledged");
        return false;
    }

    /// <param name="section">The role's section.</param>
    /// <param name="ends">The keys of the ends that the role has.</param>
    /// <param name="role">The role, for the error.</param>
    public static AcknowledgedSettings Read(RoleSection section, IReadOnlyList<Key> ends, string role)
    {
        var below = section.Entries.Below(Keys.Acknowledged.Name);
        below.Allow([.. ends, .. Keys.BothEnds], $"the section of {role}");
        return new AcknowledgedSettings
        {
            TaskDeadline = below.Get<TimeSpan>(Keys.TaskDeadline),
            MaxTries = below.Get<int>(Keys.MaxTries),
            Credit = below.Get<int>(Keys.Credit),
            DedupWindow = below.Get<int>(Keys.DedupWindow),
            HeartbeatInterval = below.Get<TimeSpan>(Keys.PeerHeartbeat),
            HeartbeatTimeout = below.Get<TimeSpan>(Keys.PeerTimeout),
        };
    }

    public static void RefuseInboundWindow(RoleSection section)
    {
        if (section.Entries.Has(Keys.InboundWindow)) section.Entries.Fault(Keys.InboundWindow.Name, "is a key of delivery = plain: expected acknowledged.credit");
    }
}
