namespace Actors.Grains.Storage;

/// <summary>A reminder, checked, as a store holds it: times in milliseconds.</summary>
/// <param name="Grain">The grain that is reminded.</param>
/// <param name="Name">The reminder's name in UTF-8.</param>
/// <param name="Slice">The slice of its grain.</param>
/// <param name="Due">Milliseconds since the beginning of 1970, UTC; parts of one are cut off.</param>
/// <param name="Period">Milliseconds; a part of one counts as one, so that no period becomes zero.</param>
internal sealed record StoredReminder(StoredKey Grain, byte[] Name, int Slice, long Due, long Period)
{
    /// <exception cref="ArgumentException">The reminder cannot be held; the message says why.</exception>
    public static StoredReminder Of(ReminderRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Period < TimeSpan.Zero) throw new ArgumentException($"the period of reminder \"{row.Name}\" is {row.Period}: expected zero or more");
        return new StoredReminder(
            StoredKey.Of(row.Kind, row.Key), StoredKey.OfName(row.Name), row.Slice, ToMilliseconds(row.Due),
            (row.Period.Ticks / TimeSpan.TicksPerMillisecond) + (row.Period.Ticks % TimeSpan.TicksPerMillisecond > 0 ? 1 : 0));
    }

    public static long ToMilliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    /// <summary>The row as users see it.</summary>
    public static ReminderRow ToRow(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> key, ReadOnlySpan<byte> name, long due, long period) => new(
        StoredKey.Decode(kind), StoredKey.Decode(key), StoredKey.Decode(name),
        DateTimeOffset.FromUnixTimeMilliseconds(due), TimeSpan.FromTicks(period * TimeSpan.TicksPerMillisecond));
}
