namespace Actors;

/// <summary>What a journal has written since its role started.</summary>
/// <param name="File">The database.</param>
/// <param name="Commits">Transactions; with <see cref="JournalSync.Full"/> each of them is an fsync.</param>
/// <param name="Entries">The entries that they wrote: tasks, acknowledgements, tries, ids.</param>
/// <param name="Fault">Why it cannot be written now; null when it can.</param>
public sealed record JournalStatus(string File, long Commits, long Entries, string? Fault);

/// <summary>
/// Published on the event stream: a journal could not be written. Until <see cref="JournalRecovered"/> its role takes and
/// acknowledges nothing more. Nothing is lost.
/// </summary>
/// <param name="Role">The role's name.</param>
/// <param name="Cause">What failed.</param>
/// <param name="RetryIn">The wait before the next try.</param>
public sealed record JournalFailed(string Role, JournalException Cause, TimeSpan RetryIn);

/// <summary>Published on the event stream: a journal that had failed is written again.</summary>
/// <param name="Role">The role's name.</param>
public sealed record JournalRecovered(string Role);
