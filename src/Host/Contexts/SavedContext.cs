using Actors.Host.Commands.Sockets;

namespace Actors.Host.Contexts;

/// <summary>Endpoints and keys under a name.</summary>
internal sealed record SavedContext
{
    public static SavedContext Empty { get; } = new();

    public IReadOnlyList<string> Bind { get; init; } = [];

    public IReadOnlyList<string> Connect { get; init; } = [];

    /// <summary>The socket type, as <c>--type</c> has it; null where the verb decides.</summary>
    public string? Type { get; init; }

    public SecurityChoice Security { get; init; } = SecurityChoice.None;
}
