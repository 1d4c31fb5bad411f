namespace Actors.Hosting.Configuration;

/// <summary>Reads request roles.</summary>
internal static class RequestReader
{
    public static RoleDraft Read(RoleSection section)
    {
        var keys = section.Entries;
        var settings = new RequestSettings
        {
            Name = section.Name,
            Socket = section.Socket(),
            Identified = keys.Get<bool>(Keys.RequestDelivery),
            Timeout = keys.Get<TimeSpan>(Keys.Timeout),
            Retry = new RetrySettings(keys.Get<int>(Keys.Retries))
            {
                Interval = keys.Get<TimeSpan>(Keys.RetryInterval),
                IntervalMax = keys.Get<TimeSpan>(Keys.RetryIntervalMax),
                TryTimeout = keys.Optional<TimeSpan>(Keys.TryTimeout),
            },
            MaxInFlight = keys.Get<int>(Keys.RequestInFlight),
            Outbound = section.Outbound(Keys.Overflow),
        };
        return new RoleDraft(settings, () => RequestRole.Props(settings), settings.Socket);
    }
}
