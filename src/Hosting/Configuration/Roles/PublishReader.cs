namespace Actors.Hosting.Configuration;

/// <summary>Reads publish roles, and what they retain.</summary>
internal static class PublishReader
{
    public static RoleDraft Read(RoleSection section)
    {
        var settings = new PublishSettings
        {
            Name = section.Name,
            Socket = section.Socket(),
            Outbound = section.Outbound(Keys.PublishOverflow),
            Retained = Retained(section.Entries),
            MaxSubscriptions = section.Entries.Optional<int>(Keys.MaxSubscriptions),
            ConfirmSubscriptions = section.Entries.Get<bool>(Keys.ConfirmSubscriptions),
        };
        return new RoleDraft(settings, () => PublishRole.Props(settings), settings.Socket, settings.Retained?.Socket);
    }

    private static RetainedSettings? Retained(Section keys)
    {
        if (keys.Get<Retain?>(Keys.Retain) is not { } kept)
        {
            if (keys.Has(Keys.Retained)) keys.Fault(Keys.Retained.Name, "is set, but nothing is retained: expected retain = last or retain = window");
            return null;
        }
        var below = keys.Below(Keys.Retained.Name);
        // The protocol has heartbeats of its own, under the names of the socket's.
        below.Allow([.. Keys.RetainedPublisher, .. Keys.Socket.Where(key => !Keys.RetainedEnd.Any(own => own.Name == key.Name))], "the section of a publish role");
        return new RetainedSettings
        {
            Socket = SocketReader.Read(below) with { HeartbeatInterval = null, HeartbeatTimeout = null },
            Retain = kept,
            Count = below.Get<int>(Keys.RetainedCount),
            Bytes = below.Get<long>(Keys.RetainedBytes),
            Age = below.Optional<TimeSpan>(Keys.RetainedAge),
            Topics = below.Get<int>(Keys.RetainedTopics),
            Sessions = below.Get<int>(Keys.RetainedSessions),
            SlowSubscriber = below.Get<SlowSubscriber>(Keys.SlowSubscriber),
            Heartbeat = HeartbeatReader.Read(below),
        };
    }
}
