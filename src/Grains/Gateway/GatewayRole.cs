using Actors.Transport;
using Akka.Actor;

namespace Actors.Grains;

/// <summary>
/// A gateway to grains (ROUTER): any ZeroMQ program calls a grain by kind, key, method and a JSON array of arguments, and gets the
/// result as JSON or an error's code and message. Frames: docs/protocols/grains.md.
/// </summary>
/// <remarks>
/// <para>
/// A gateway runs on any node of a cluster of grains, also on one that hosts none; it is ready when its node has joined. Calls that
/// bear an id may be repeated: a repeat gets the first result. Calls of one client run side by side, so their ends come in any order;
/// only a REQ socket, which waits for each reply, has its calls one after the other.
/// </para>
/// <para>
/// The gateway refuses at once what exceeds its bounds. Asked to drain, it refuses new calls and answers those that run. When a client
/// disconnects, and the engine tells it (<c>zmtp</c> does), its calls without an id are cancelled; those with one go on, because the client will
/// ask for them again.
/// </para>
/// </remarks>
public static class GatewayRole
{
    /// <summary>Props of a gateway role. Its actor system has grains (<see cref="GrainsHosting.WithGrains"/>), which start before it.</summary>
    /// <param name="settings">Checked here, and again when the role starts.</param>
    /// <exception cref="SocketSettingsException">A setting cannot work, a malformed endpoint for example; the exception names it.</exception>
    public static Props Props(GatewaySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        return Akka.Actor.Props.Create(() => new Gateway.GatewayActor(settings));
    }
}
