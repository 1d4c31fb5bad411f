using Actors.Transport;
using Akka.Actor;

namespace Actors.Host.Configuration;

/// <summary>A role as the file has it, before its settings are checked.</summary>
internal sealed record RoleDraft(RoleSettings Settings, Func<Props> Props, IReadOnlyList<string> Endpoints)
{
    public RoleDraft(RoleSettings settings, Func<Props> props, params IEnumerable<SocketSettings?> sockets)
        : this(settings, props, [.. sockets.OfType<SocketSettings>().SelectMany(socket => socket.Bind.Concat(socket.Connect))])
    {
    }
}
