namespace Actors.Transport;

/// <summary>What an engine can do.</summary>
/// <param name="Transports">The schemes of the endpoints that it opens.</param>
/// <param name="TellsLosses">Whether it reports what its sockets lose inside.</param>
internal sealed record EngineAbilities(IReadOnlyList<string> Transports, bool TellsLosses);
