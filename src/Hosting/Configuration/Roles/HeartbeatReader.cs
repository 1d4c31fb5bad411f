namespace Actors.Hosting.Configuration;

/// <summary>Reads the heartbeats between the peers of one of the project's protocols.</summary>
internal static class HeartbeatReader
{
    public static HeartbeatSettings Read(Section keys) =>
        new() { Interval = keys.Get<TimeSpan>(Keys.PeerHeartbeat), Timeout = keys.Get<TimeSpan>(Keys.PeerTimeout) };
}
