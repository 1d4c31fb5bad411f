using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>What every role is made with.</summary>
public abstract record RoleSettings
{
    /// <summary>The role's name, in events, logs and error messages.</summary>
    public required string Name { get; init; }

    /// <summary>Opens a socket for a role; null is the transport. A test puts a network of its own in its place.</summary>
    internal Action<SocketSettings, IActorRef>? SocketOpener { get; init; }

    /// <summary>What the role promises with these settings.</summary>
    public abstract RoleContract Contract { get; }

    /// <summary>Says what is wrong with the settings, or returns.</summary>
    /// <exception cref="SocketSettingsException">A setting is out of its range.</exception>
    public abstract void Validate();

    private protected void AtLeast(string option, long value, long least)
    {
        if (value < least) throw new SocketSettingsException(Name, option, $"is {value}: expected {least} or more");
    }

    private protected void Positive(string option, TimeSpan value)
    {
        if (value <= TimeSpan.Zero || value.TotalMilliseconds > int.MaxValue)
            throw new SocketSettingsException(Name, option, $"is {value.TotalMilliseconds} ms: expected more than 0 ms and at most {int.MaxValue} ms");
    }

    /// <summary>The socket settings under the role's own name and with the type that the role needs.</summary>
    private protected SocketSettings SocketOf(SocketSettings settings, SocketKind kind, string? part = null) =>
        settings with { Name = part is null ? Name : $"{Name}.{part}", Kind = kind };

    /// <summary>
    /// A ROUTER for replies. For a client that does not read, as many of them wait in the role as in its connection, and no
    /// other client waits with it.
    /// </summary>
    private protected SocketSettings ReplyingSocketOf(SocketSettings settings, string? part = null) =>
        SocketOf(settings, SocketKind.Router, part) with { PeerBacklog = settings.SendHighWaterMark };
}

/// <summary>Where a role's socket binds and connects, and its options.</summary>
/// <remarks>Name and kind of the socket are set by the role.</remarks>
public static class RoleSocket
{
    /// <summary>A socket that listens.</summary>
    public static SocketSettings Bind(params string[] endpoints) => new() { Name = "socket", Kind = SocketKind.Pair, Bind = endpoints };

    /// <summary>A socket that connects; the peers need not be there yet.</summary>
    public static SocketSettings Connect(params string[] endpoints) => new() { Name = "socket", Kind = SocketKind.Pair, Connect = endpoints };
}

/// <summary>The bounded queue of a role that sends.</summary>
/// <param name="Capacity">The most messages that wait in the role while no peer takes them.</param>
/// <param name="Rule">What happens to the next one.</param>
public sealed record OutboundSettings(int Capacity, OverflowRule Rule)
{
    internal void Validate(string role)
    {
        if (Capacity < 1) throw new SocketSettingsException(role, "outbound.capacity", $"is {Capacity}: expected 1 or more");
    }
}
