using System.Globalization;
using System.Text;
using Actors.Transport;

namespace Actors.Streams;

/// <summary>What became of the messages that a stream gave to a sink.</summary>
/// <param name="Accepted">The messages that the role took from the stream.</param>
/// <param name="Dropped">
/// Those that are known not to have been delivered, by reason: the role's and its socket's reports of the name, as
/// <see cref="MessagesDropped"/>. For a publish role, each subscriber that missed a message counts. The engine <c>netmq</c> does not
/// tell what its sockets lose inside (docs/promises.md).
/// </param>
public sealed record SinkEnd(long Accepted, IReadOnlyDictionary<DropReason, long> Dropped)
{
    /// <summary>The account of the tasks of an acknowledged push role, before it stopped; null for other roles.</summary>
    public LedgerCounts? Ledger { get; init; }

    /// <summary>
    /// The messages that were not delivered: those dropped and, with acknowledged delivery, the tasks that were given up or are
    /// outstanding. A journal keeps outstanding tasks for the next run of the role.
    /// </summary>
    public long Undelivered => Ledger is { } ledger ? ledger.Outstanding + ledger.DeadLettered : Dropped.Values.Sum();

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Accepted = {Accepted}, Undelivered = {Undelivered}");
        foreach (var (reason, count) in Dropped) text.Append(CultureInfo.InvariantCulture, $", {reason} = {count}");
        if (Ledger is { } ledger) text.Append(CultureInfo.InvariantCulture, $", Ledger = {ledger}");
        return true;
    }
}

/// <summary>A sink whose stream or role has failed. The cause is the inner exception.</summary>
public sealed class SinkFailedException : Exception
{
    internal SinkFailedException(string role, SinkEnd end, Exception cause)
        : base($"{role}: the sink has failed after {end.Accepted} messages, of which {end.Undelivered} are known not to be delivered: {cause.Message}", cause) => End = end;

    /// <summary>What became of the messages that the role had taken.</summary>
    public SinkEnd End { get; }
}

/// <summary>A role stopped by itself while its stream ran; the inner exception says why, where it is known.</summary>
public sealed class StreamRoleException : Exception
{
    internal StreamRoleException(string role, Exception? cause)
        : base($"{role}: the role of the stream has stopped: {cause?.Message ?? "its actor was told to, or could not start; in that case the log says why"}", cause)
    {
    }
}
