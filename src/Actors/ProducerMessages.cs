using Actors.Transport;

namespace Actors;

/// <summary>To a role that sends: the sender is a producer that waits for <see cref="Demand"/>, and stops when it stops.</summary>
/// <param name="Source">
/// What the producer reads from, where it can read it again from a position on. A role that keeps a journal answers with
/// <see cref="BeginBehind"/> before the first <see cref="Demand"/>; other roles do not look at it.
/// </param>
public sealed record RegisterProducer(string? Source = null)
{
    /// <summary>Of a producer that cannot read anything again.</summary>
    public static RegisterProducer Instance { get; } = new();
}

/// <summary>
/// To a producer that registered with a source: the role has what stands up to this position, so the producer begins
/// behind it. All demand that it was granted before is void. It sends <see cref="SourceMessage"/>s from now on.
/// </summary>
/// <param name="Position">Null when the role has nothing of this source.</param>
public sealed record BeginBehind(long? Position);

/// <summary>To a role that has answered with <see cref="BeginBehind"/>: a message, and where it stands in the producer's source.</summary>
/// <param name="Message">The message.</param>
/// <param name="Position">Greater than those before it. It becomes durable together with the message.</param>
public sealed record SourceMessage(Message Message, long Position);

/// <summary>To a producer: all that it sent up to this position is durable. Until then it may be asked for it again.</summary>
public sealed record StoredUpTo(long Position);

/// <summary>To a producer: so many more messages may be told to the role; they are taken without being refused.</summary>
public sealed record Demand(int Messages);
