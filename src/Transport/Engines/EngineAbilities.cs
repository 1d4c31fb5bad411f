namespace Actors.Transport;

/// <summary>What an engine can do.</summary>
/// <param name="Transports">The schemes of the endpoints that it opens.</param>
/// <param name="TellsLosses">Whether it reports what its sockets lose inside.</param>
/// <param name="Mechanisms">The security mechanisms that it has.</param>
/// <param name="AsksWhoMayConnect">Whether a server of a mechanism can decide about each peer.</param>
internal sealed record EngineAbilities(IReadOnlyList<string> Transports, bool TellsLosses, IReadOnlyList<SecurityMechanism> Mechanisms, bool AsksWhoMayConnect);
