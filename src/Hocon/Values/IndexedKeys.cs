using System.Globalization;

namespace Actors.Hocon;

/// <summary>Objects whose keys are whole numbers, which count as arrays where an array is expected.</summary>
internal static class IndexedKeys
{
    /// <returns>The fields whose keys are numbers, in the order of the numbers; null when there is none.</returns>
    public static List<T>? InOrder<T>(IReadOnlyList<T> fields, Func<T, string> key)
    {
        var indexed = new List<(ulong Index, T Field)>();
        foreach (var field in fields)
        {
            if (ulong.TryParse(key(field), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                indexed.Add((index, field));
            }
        }

        return indexed.Count == 0 ? null : [.. indexed.OrderBy(static i => i.Index).Select(static i => i.Field)];
    }
}
