using Actors.Zmtp;

namespace Actors.Host.Commands.Sockets;

/// <summary>A socket type and its name on the command line.</summary>
internal sealed record SocketKindName(ZmqSocketType Type)
{
    /// <summary>The name in lower case, for example <c>push</c>.</summary>
    public string Text { get; } = Type.ToString().ToLowerInvariant();

    public static implicit operator SocketKindName(ZmqSocketType type) => new(type);
}
