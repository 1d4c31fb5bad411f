namespace Actors.Grains.Storage;

/// <summary>Where grains keep their state and reminders: one row a grain, one row a reminder.</summary>
/// <remarks>
/// All methods may be called from any thread, and at the same time. A method that fails leaves the row as it was, unless
/// <see cref="GrainStoreException.IsOutcomeUnknown"/> says that the write may have happened: then its writer has to read the row again.
/// Kinds, keys and names are refused by an <see cref="ArgumentException"/> when they are empty or have half of a surrogate pair, and kinds
/// also when they have the character U+0000. Keys and names may have any length and any other character. Call nothing behind a
/// dispose, which writes what waits.
/// </remarks>
public interface IGrainStore : IAsyncDisposable
{
    /// <summary>Opens the store and makes the tables that it lacks. Called once, before any other method.</summary>
    /// <exception cref="GrainStoreException">The store cannot be reached, or holds something else.</exception>
    Task OpenAsync(CancellationToken cancel);

    /// <summary>A grain's row; null when it was never written.</summary>
    Task<GrainRow?> ReadAsync(string kind, string key, CancellationToken cancel);

    /// <summary>Writes a grain's row, if it still has the version that the writer read.</summary>
    /// <param name="kind">The grain's kind.</param>
    /// <param name="key">The grain's key.</param>
    /// <param name="row">The new row. Its version is one above the version that was read; 1 for a grain without a row.</param>
    /// <param name="cancel">Ends the wait; the write may happen nevertheless, so the memory of the row must not be used again.</param>
    /// <returns>False when the row has another version: somebody else has written it.</returns>
    Task<bool> WriteAsync(string kind, string key, GrainRow row, CancellationToken cancel);

    /// <summary>Adds a reminder, or takes the place of the one that the grain has under this name.</summary>
    /// <remarks>Stores keep milliseconds: parts of one are cut off the due time, and a part of one in the period counts as one.</remarks>
    Task SetReminderAsync(ReminderRow reminder, CancellationToken cancel);

    /// <summary>Removes a reminder. False when there was none.</summary>
    Task<bool> RemoveReminderAsync(string kind, string key, string name, CancellationToken cancel);

    /// <summary>The reminders of one grain, in order of their names.</summary>
    Task<IReadOnlyList<ReminderRow>> ReadRemindersAsync(string kind, string key, CancellationToken cancel);

    /// <summary>The reminders of one slice that are due at a time, the longest due first.</summary>
    /// <param name="slice">See <see cref="ReminderRow.Slice"/>.</param>
    /// <param name="until">The latest due time that is asked for.</param>
    /// <param name="most">The greatest number of reminders.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task<IReadOnlyList<ReminderRow>> ReadDueAsync(int slice, DateTimeOffset until, int most, CancellationToken cancel);

    /// <summary>Moves a reminder that has fired to its next due time, or removes one that fires once.</summary>
    /// <param name="fired">The reminder as it was read.</param>
    /// <param name="next">When it is due again; null removes it.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>False when the reminder was set anew, moved or removed in the meantime; it stays as it is.</returns>
    Task<bool> AdvanceReminderAsync(ReminderRow fired, DateTimeOffset? next, CancellationToken cancel);
}
