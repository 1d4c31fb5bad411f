namespace Actors.Hosting.Configuration;

/// <summary>Reads forwarder and streamer roles.</summary>
internal static class ProxyReaders
{
    public static RoleDraft ReadForwarder(RoleSection section)
    {
        var settings = new ForwarderSettings
        {
            Name = section.Name,
            Frontend = section.SocketBelow(Keys.FrontendSection),
            Backend = section.SocketBelow(Keys.BackendSection),
            Capture = Capture(section),
            InboundWindow = section.Entries.Get<int>(Keys.ProxyWindow),
        };
        return Draft(settings, () => ForwarderRole.Props(settings));
    }

    public static RoleDraft ReadStreamer(RoleSection section)
    {
        var settings = new StreamerSettings
        {
            Name = section.Name,
            Frontend = section.SocketBelow(Keys.FrontendSection),
            Backend = section.SocketBelow(Keys.BackendSection),
            Capture = Capture(section),
            InboundWindow = section.Entries.Get<int>(Keys.ProxyWindow),
        };
        return Draft(settings, () => StreamerRole.Props(settings));
    }

    private static RoleDraft Draft(ProxySettings settings, Func<Akka.Actor.Props> props) =>
        new(settings, props, settings.Frontend, settings.Backend, settings.Capture?.Socket);

    private static CaptureSettings? Capture(RoleSection section)
    {
        if (!section.Entries.Has(Keys.CaptureSection)) return null;
        return new CaptureSettings(
            section.SocketBelow(Keys.CaptureSection, Keys.CaptureType),
            section.Entries.Below(Keys.CaptureSection.Name).Get<CaptureKind>(Keys.CaptureType));
    }
}
