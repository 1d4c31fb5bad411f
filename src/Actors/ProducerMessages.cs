using Actors.Transport;

namespace Actors;

/// <summary>To a role that sends: the sender is a producer that waits for <see cref="Demand"/>, and stops when it stops.</summary>
/// <param name="Source">
/// The name of the source, where the producer can read it again from a position. A role that keeps a journal answers with
/// <see cref="BeginBehind"/> before the first <see cref="Demand"/>; other roles ignore the name.
/// </param>
public sealed record RegisterProducer(string? Source = null)
{
    /// <summary>The message of a producer that cannot read its source again.</summary>
    public static RegisterProducer Instance { get; } = new();
}

/// <summary>
/// To a producer that registered with a source: the role has everything up to this position, so the producer begins
/// behind it. All demand that it was granted before is void. It sends <see cref="SourceMessage"/>s from now on.
/// </summary>
/// <param name="Position">The last position that is durable; null when the role has nothing of this source.</param>
public sealed record BeginBehind(long? Position);

/// <summary>To a role that has answered with <see cref="BeginBehind"/>: a message and its position in the producer's source.</summary>
/// <param name="Message">The message.</param>
/// <param name="Position">A number greater than those before it. It becomes durable together with the message.</param>
public sealed record SourceMessage(Message Message, long Position);

/// <summary>To a producer: everything it sent up to this position is durable. Until then the role may ask for it again.</summary>
public sealed record StoredUpTo(long Position);

/// <summary>To a producer: the role takes this many more messages without refusing one.</summary>
public sealed record Demand(int Messages);
