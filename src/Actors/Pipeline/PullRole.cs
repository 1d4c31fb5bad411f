using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>
/// The end of a pipeline (PULL, RFC 30): tells each received <see cref="Message"/> to its handler, fairly among the connected
/// pushers.
/// </summary>
/// <remarks>
/// With <see cref="PullSettings.Acknowledged"/>, each message is a task: it is acknowledged when the handler has worked, and
/// given back when the handler fails on it; a task that comes again is dropped and counted. With
/// <see cref="PullSettings.Journal"/>, it is acknowledged when it is on record that the work is done. The handler has worked
/// when it takes the next message of its mailbox. What it starts and leaves running is not waited for: use ReceiveAsync for
/// work that awaits.
/// </remarks>
public static class PullRole
{
    /// <summary>Props of a pull role.</summary>
    /// <param name="settings">Checked here, and again when the role starts.</param>
    /// <param name="handler">The actor that is told the messages; a child of the role.</param>
    /// <exception cref="SocketSettingsException">A setting cannot work, a malformed endpoint for example; the exception names it.</exception>
    public static Props Props(PullSettings settings, Props handler)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(handler);
        return Props(settings, (RoleHandler)handler);
    }

    /// <summary>
    /// Props of a pull role. A handler outside of an acknowledged one stands where its worker stands: it is told
    /// <see cref="RunTasks"/> and <see cref="ReturnWaiting"/>, and tells <see cref="TasksRan"/> and <see cref="TasksNotBegun"/>.
    /// </summary>
    internal static Props Props(PullSettings settings, RoleHandler handler)
    {
        settings.Validate();
        return settings.Acknowledged is { } acknowledged
            ? Akka.Actor.Props.Create(() => new AcknowledgedPullActor(settings, acknowledged, handler))
            : Akka.Actor.Props.Create(() => new PullActor(settings, handler));
    }
}

/// <summary>A pull role that acknowledges nothing.</summary>
internal sealed class PullActor(PullSettings settings, RoleHandler handler) : ReceivingActor(settings, settings.PlainSocket, settings.InboundWindow, handler);
