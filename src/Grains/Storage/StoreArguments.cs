namespace Actors.Grains.Storage;

/// <summary>Checks that every store makes of what it is called with.</summary>
internal static class StoreArguments
{
    // The least of what the stores can hold: a bytea of PostgreSQL ends at 1 GiB, together with its row; an SQLite row at 10^9 bytes.
    private const long MostBytes = 900_000_000;

    /// <exception cref="ArgumentException">No store can hold the row.</exception>
    public static void Check(GrainRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Version < 1) throw new ArgumentOutOfRangeException(nameof(row), $"the row has version {row.Version}: expected 1 or more");
        var size = (row.Body?.Length ?? 0) + (long)row.Calls.Length;
        if (size > MostBytes) throw new ArgumentException($"the row has {size} bytes: expected at most {MostBytes}", nameof(row));
    }

    /// <exception cref="ArgumentException">There is no such slice, or nothing is asked for.</exception>
    public static void CheckDue(int slice, int most)
    {
        if (slice is < 0 or >= ReminderRow.Slices) throw new ArgumentOutOfRangeException(nameof(slice), $"the slice is {slice}: expected 0 to {ReminderRow.Slices - 1}");
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
    }
}
