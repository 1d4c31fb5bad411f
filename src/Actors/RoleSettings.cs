using Actors.Transport;
using Akka.Actor;

namespace Actors;

/// <summary>The settings that every role has.</summary>
public abstract record RoleSettings
{
    /// <summary>The role's name in events, logs and error messages.</summary>
    public required string Name { get; init; }

    /// <summary>Opens a socket for a role; null is the transport. A test puts a network of its own in its place.</summary>
    internal Action<SocketSettings, IActorRef>? SocketOpener { get; init; }

    /// <summary>What the role promises with these settings.</summary>
    public abstract RoleContract Contract { get; }

    /// <summary>Returns when the settings can work.</summary>
    /// <exception cref="SocketSettingsException">A setting cannot work; the exception names it.</exception>
    public abstract void Validate();

    private protected SettingCheck Check => new(Name);

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
