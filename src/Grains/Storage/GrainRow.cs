namespace Actors.Grains.Storage;

/// <summary>What a store holds of one grain.</summary>
/// <param name="Version">1 for the first write, one more with each write. A state that was cleared keeps its row and its version.</param>
/// <param name="Body">The state as its codec writes it; null when it was cleared. A null array that is converted gives an empty body, which is not a cleared one.</param>
/// <param name="Calls">The ids and results of the grain's last calls by id; empty when it had none.</param>
public sealed record GrainRow(long Version, ReadOnlyMemory<byte>? Body, ReadOnlyMemory<byte> Calls);
