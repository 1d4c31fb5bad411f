using Actors.Transport;
using Akka.Actor;

namespace Actors.Hosting.Configuration;

/// <summary>A role as the file has it, before its settings are checked.</summary>
internal sealed record RoleDraft(RoleSettings Settings, Func<Props> Props, IReadOnlyList<string> Endpoints)
{
    /// <summary>The settings with what is switched off as well, so that a mistake there is named before it is switched on.</summary>
    public RoleSettings Checked { get; init; } = Settings;

    public RoleDraft(RoleSettings settings, Func<Props> props, params IEnumerable<SocketSettings?> sockets)
        : this(settings, props, [.. sockets.OfType<SocketSettings>().SelectMany(socket => socket.Bind.Concat(socket.Connect))])
    {
    }
}
