namespace Actors.Grains.Storage;

/// <summary>A reminder, as a store holds it.</summary>
/// <param name="Kind">The kind of the grain that is reminded.</param>
/// <param name="Key">The key of the grain that is reminded.</param>
/// <param name="Name">The reminder's name, unique within its grain.</param>
/// <param name="Due">When it fires next, to the millisecond.</param>
/// <param name="Period">The time between two firings; zero for one that fires once.</param>
public sealed record ReminderRow(string Kind, string Key, string Name, DateTimeOffset Due, TimeSpan Period)
{
    /// <summary>The number of slices into which reminders are split, so that several nodes can scan them.</summary>
    public const int Slices = 32;

    /// <summary>The slice of this reminder's grain, from 0 to <see cref="Slices"/> - 1; the same on every node and in every version.</summary>
    public int Slice => SliceOf(Kind, Key);

    /// <summary>The slice of a grain.</summary>
    public static int SliceOf(string kind, string key) => (int)(StableHash.Of(kind, key) % Slices);
}
