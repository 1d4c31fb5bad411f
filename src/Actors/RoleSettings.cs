using Actors.Transport;

namespace Actors;

/// <summary>The settings that every role has.</summary>
public abstract record RoleSettings
{
    /// <summary>The role's name in events, logs and error messages.</summary>
    public required string Name { get; init; }

    /// <summary>What the role promises with these settings.</summary>
    public abstract RoleContract Contract { get; }

    /// <summary>Returns when the settings can work.</summary>
    /// <exception cref="SocketSettingsException">A setting cannot work; the exception names it.</exception>
    public abstract void Validate();

    /// <summary>What kind of role it is, as the key <c>pattern</c> of a configuration file names it.</summary>
    internal string Pattern => GetType().Name[..^"Settings".Length].ToLowerInvariant();

    private protected SettingCheck Check => new(Name);

    /// <summary>A socket of the role, under its name and the part's.</summary>
    private protected SocketSpec SocketOf(SocketSettings settings, SocketKind kind, string? part = null) =>
        new() { Name = part is null ? Name : $"{Name}.{part}", Kind = kind, Settings = settings };

    /// <summary>
    /// A ROUTER for replies. For a client that does not read, as many of them wait in the role as in its connection, and no
    /// other client waits with it.
    /// </summary>
    private protected SocketSpec ReplyingSocketOf(SocketSettings settings, string? part = null) =>
        SocketOf(settings, SocketKind.Router, part) with { PeerBacklog = settings.SendHighWaterMark };
}
