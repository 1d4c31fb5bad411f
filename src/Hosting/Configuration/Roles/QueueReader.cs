using Actors.Transport;

namespace Actors.Hosting.Configuration;

/// <summary>Reads queue roles.</summary>
internal static class QueueReader
{
    public static RoleDraft Read(RoleSection section)
    {
        var keys = section.Entries;
        var settings = new QueueSettings
        {
            Name = section.Name,
            Clients = section.SocketBelow(Keys.ClientsSection),
            Servers = keys.Has(Keys.ServersSection) ? section.SocketBelow(Keys.ServersSection) : null,
            PlainServers = keys.Has(Keys.PlainServersSection) ? section.SocketBelow(Keys.PlainServersSection, Keys.PlainInFlight) : null,
            PlainInFlight = keys.Below(Keys.PlainServersSection.Name).Get<int>(Keys.PlainInFlight),
            Capacity = keys.Get<int>(Keys.QueueCapacity),
            Timeout = keys.Get<TimeSpan>(Keys.QueueTimeout),
            TryTimeout = keys.Optional<TimeSpan>(Keys.QueueTryTimeout),
            Redeliver = keys.Get<Redelivery>(Keys.Redeliver),
            MaxTries = keys.Get<int>(Keys.QueueTries),
            Remember = keys.Get<int>(Keys.Remember),
            ErrorReply = keys.Get<IReadOnlyList<string>>(Keys.ErrorReply) is { Count: > 0 } frames ? Message.FromText([.. frames]) : null,
            Heartbeat = HeartbeatReader.Read(keys),
        };
        return new RoleDraft(settings, () => QueueRole.Props(settings), settings.Clients, settings.Servers, settings.PlainServers);
    }
}
