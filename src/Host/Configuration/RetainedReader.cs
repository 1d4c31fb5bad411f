using Actors.Transport;

namespace Actors.Host.Configuration;

/// <summary>Reads the keys of publish and subscribe roles that are about what is retained.</summary>
internal static class RetainedReader
{
    /// <param name="section">Of a publish role.</param>
    /// <param name="socket">Reads the keys of a socket.</param>
    public static RetainedSettings? OfPublisher(Section section, Func<Section, SocketSettings> socket)
    {
        var retain = section.Get<Retain?>(Keys.Retain);
        if (retain is not { } kept)
        {
            if (section.Has(Keys.Retained)) section.Fault(Keys.Retained.Name, "is set, but nothing is retained: expected retain = last or retain = window");
            return null;
        }
        var below = section.Below(Keys.Retained.Name);
        // The protocol has heartbeats of its own, under the names of the socket's.
        below.Allow([.. Keys.RetainedPublisher, .. Keys.Socket.Where(key => !Keys.RetainedEnd.Any(own => own.Name == key.Name))], "the section of a publish role");
        return new RetainedSettings
        {
            Socket = socket(below) with { HeartbeatInterval = null, HeartbeatTimeout = null },
            Retain = kept,
            Count = below.Get<int>(Keys.RetainedCount),
            Bytes = below.Get<long>(Keys.RetainedBytes),
            Age = below.Optional<TimeSpan>(Keys.RetainedAge),
            Topics = below.Get<int>(Keys.RetainedTopics),
            SlowSubscriber = below.Get<SlowSubscriber>(Keys.SlowSubscriber),
            HeartbeatInterval = below.Get<TimeSpan>(Keys.SubscriberHeartbeat),
            HeartbeatTimeout = below.Get<TimeSpan>(Keys.SubscriberTimeout),
        };
    }

    /// <param name="name">Of the role.</param>
    /// <param name="section">Of a subscribe role with delivery = retained.</param>
    /// <param name="socket">Its socket.</param>
    public static RetainedSubscribeSettings OfSubscriber(string name, Section section, SocketSettings socket)
    {
        if (section.Has(Keys.ConfirmTimeout)) section.Fault(Keys.ConfirmTimeout.Name, "is a key of delivery = plain: a retained subscription is always confirmed");
        var below = section.Below(Keys.RetainedSubscription.Name);
        below.Allow(Keys.RetainedEnd, "the section of a subscribe role");
        return new RetainedSubscribeSettings
        {
            Name = name,
            Socket = socket,
            Topics = section.Get<IReadOnlyList<string>>(Keys.Topics),
            InboundWindow = section.Get<int>(Keys.InboundWindow),
            HeartbeatInterval = below.Get<TimeSpan>(Keys.SubscriberHeartbeat),
            HeartbeatTimeout = below.Get<TimeSpan>(Keys.SubscriberTimeout),
        };
    }
}
