namespace Actors.Hosting.Configuration;

/// <summary>Reads reply roles, also those that join queues.</summary>
internal static class ReplyReader
{
    public static RoleDraft Read(RoleSection section)
    {
        var keys = section.Entries;
        var once = new OnceSettings { Capacity = keys.Get<int>(Keys.OnceCapacity), Age = keys.Get<TimeSpan>(Keys.OnceAge) };
        var settings = new ReplySettings
        {
            Name = section.Name,
            Socket = section.Socket(),
            HandlerTimeout = keys.Get<TimeSpan>(Keys.HandlerTimeout),
            MaxInFlight = keys.Get<int>(Keys.ReplyInFlight),
            Once = keys.Get<bool>(Keys.Once) ? once : null,
            Queue = JoinedQueues(keys),
        };
        var handler = section.Handler(settings.HandlerTimeout);
        return new RoleDraft(settings, () => ReplyRole.Props(settings, handler!), [.. settings.Socket.Bind, .. settings.Socket.Connect, .. settings.Queue?.Endpoints ?? []]) { Checked = settings with { Once = once } };
    }

    private static JoinQueueSettings? JoinedQueues(Section keys)
    {
        if (!keys.Has(Keys.QueueSection)) return null;
        var below = keys.Below(Keys.QueueSection.Name);
        below.Allow([Keys.QueueConnect, SecurityKeys.ToQueue, .. Keys.BothEnds], "the queue section");
        return new JoinQueueSettings(below.Get<IReadOnlyList<string>>(Keys.QueueConnect)) { Heartbeat = HeartbeatReader.Read(below), Security = SecurityReader.Read(below) };
    }
}
