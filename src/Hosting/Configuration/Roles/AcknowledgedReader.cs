namespace Actors.Hosting.Configuration;

/// <summary>Reads what the acknowledged roles of the pipeline have in common.</summary>
internal static class AcknowledgedReader
{
    /// <summary>The settings of acknowledged delivery; null where it is plain, and the keys of the other are mistakes.</summary>
    /// <param name="section">The role's section.</param>
    /// <param name="ends">The keys of the ends that the role has.</param>
    /// <param name="role">The role, for the error.</param>
    public static AcknowledgedSettings? Read(RoleSection section, IReadOnlyList<Key> ends, string role)
    {
        var keys = section.Entries;
        if (keys.Get<bool>(Keys.Delivery)) return Acknowledged(keys.Below(Keys.Acknowledged.Name), ends, role);
        if (keys.Has(Keys.Acknowledged)) keys.Fault(Keys.Acknowledged.Name, "is set, but the delivery is plain: expected delivery = acknowledged");
        if (keys.Has(Keys.Journal) && keys.Get<bool>(Keys.Journal)) keys.Fault(Keys.Journal.Name, "is sqlite, but the delivery is plain: expected delivery = acknowledged");
        return null;
    }

    private static AcknowledgedSettings Acknowledged(Section below, IReadOnlyList<Key> ends, string role)
    {
        below.Allow([.. ends, .. Keys.BothEnds], $"the section of {role}");
        return new AcknowledgedSettings
        {
            TaskDeadline = below.Get<TimeSpan>(Keys.TaskDeadline),
            MaxTries = below.Get<int>(Keys.MaxTries),
            Credit = below.Get<int>(Keys.Credit),
            DedupWindow = below.Get<int>(Keys.DedupWindow),
            Heartbeat = HeartbeatReader.Read(below),
        };
    }

    /// <summary>The window of plain delivery, which acknowledged delivery does not have.</summary>
    public static int InboundWindow(RoleSection section, bool acknowledged)
    {
        if (acknowledged && section.Entries.Has(Keys.InboundWindow)) section.Entries.Fault(Keys.InboundWindow.Name, "is a key of delivery = plain: expected acknowledged.credit");
        return section.Entries.Get<int>(Keys.InboundWindow);
    }
}
