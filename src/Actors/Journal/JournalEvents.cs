namespace Actors;

/// <summary>
/// Published on the event stream: a journal could not be written. Until <see cref="JournalRecovered"/> its role takes and
/// acknowledges nothing more; nothing is lost.
/// </summary>
/// <param name="Role">Whose journal it is.</param>
/// <param name="Cause">What failed.</param>
/// <param name="RetryIn">When it is tried again.</param>
public sealed record JournalFailed(string Role, JournalException Cause, TimeSpan RetryIn);

/// <summary>Published on the event stream: a journal that had failed has been written.</summary>
/// <param name="Role">Whose journal it is.</param>
public sealed record JournalRecovered(string Role);
