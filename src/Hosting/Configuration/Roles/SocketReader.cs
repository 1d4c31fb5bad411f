using System.Text;
using Actors.Transport;

namespace Actors.Hosting.Configuration;

/// <summary>Reads the keys of a socket.</summary>
internal static class SocketReader
{
    /// <summary>The settings of the section's socket.</summary>
    public static SocketSettings Read(Section section)
    {
        return new SocketSettings
        {
            Bind = section.Get<IReadOnlyList<string>>(Keys.Bind),
            Connect = section.Get<IReadOnlyList<string>>(Keys.Connect),
            SendHighWaterMark = section.Get<int>(Keys.SendHighWaterMark),
            ReceiveHighWaterMark = section.Get<int>(Keys.ReceiveHighWaterMark),
            Linger = section.Get<TimeSpan>(Keys.Linger),
            ReconnectInterval = section.Get<TimeSpan>(Keys.ReconnectInterval),
            ReconnectIntervalMax = section.Get<TimeSpan>(Keys.ReconnectIntervalMax),
            HeartbeatInterval = section.Optional<TimeSpan>(Keys.HeartbeatInterval),
            HeartbeatTimeout = section.Optional<TimeSpan>(Keys.HeartbeatTimeout),
            MaxMessageSize = section.Optional<long>(Keys.MaxMessageSize),
            RoutingId = section.Has(Keys.RoutingId) ? new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(section.Get<string>(Keys.RoutingId))) : default(ReadOnlyMemory<byte>?),
            RestartBackoff = section.Get<TimeSpan>(Keys.RestartBackoff),
            RestartBackoffMax = section.Get<TimeSpan>(Keys.RestartBackoffMax),
            OutboundWindow = section.Get<int>(Keys.OutboundWindow),
            Security = SecurityReader.Read(section),
        };
    }
}
