using System.Diagnostics;
using Actors.Zmtp.Pipes;

namespace Actors.Zmtp.Monitoring;

/// <summary>
/// Tells in this process what sockets drop, as events of a <see cref="DiagnosticListener"/>, so that a listener needs
/// nothing but its name. docs/monitoring.md describes the event.
/// </summary>
internal static class DropReports
{
    public const string MessagesDropped = "Actors.Zmtp.MessagesDropped";

    private static readonly DiagnosticListener s_listener;

    // Not a mere initializer, which would run when something is dropped.
    static DropReports() => s_listener = new DiagnosticListener("Actors.Zmtp");

    /// <summary>Somebody listens.</summary>
    public static bool AreWanted => s_listener.IsEnabled();

    /// <summary>Lets listeners find this one from the first socket on, so that they know what is told here.</summary>
    public static void Announce()
    {
    }

    /// <summary>From any thread. A listener that throws, throws to the caller.</summary>
    public static void Write(object? socket, Pipe pipe, string reason, long count)
    {
        if (count > 0 && s_listener.IsEnabled(MessagesDropped))
        {
            s_listener.Write(MessagesDropped, new KeyValuePair<string, object?>[]
            {
                new("Socket", socket),
                new("Endpoint", pipe.Endpoint),
                new("Peer", pipe.PeerEndpoint),
                new("Reason", reason),
                new("Count", count),
            });
        }
    }
}
