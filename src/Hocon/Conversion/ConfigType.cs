namespace Actors.Hocon;

/// <summary>A type that values are converted to; <see cref="ConfigTypes"/> has those of HOCON, and others can be made.</summary>
/// <param name="expected">What a value has to be, as an error says it: "a duration", for example.</param>
/// <param name="read">Converts a value, or returns false when it is of another type.</param>
public sealed class ConfigType<T>(string expected, ConfigType<T>.Reader read)
{
    /// <summary>Converts a value, or returns false when it is of another type.</summary>
    public delegate bool Reader(ConfigValue value, out T result);

    /// <summary>What a value has to be, for error messages.</summary>
    public string Expected { get; } = expected;

    /// <summary>A list of this type: an array, or an object whose keys are whole numbers.</summary>
    public ConfigType<IReadOnlyList<T>> List => field ??= new($"an array, each element {Expected}", ReadList);

    /// <summary>Converts a value.</summary>
    /// <returns>False when the value is of another type; null is of no type.</returns>
    public bool TryRead(ConfigValue value, out T result) => read(value, out result);

    private bool ReadList(ConfigValue value, out IReadOnlyList<T> result)
    {
        result = [];
        if (value.Items is not { } items)
        {
            return false;
        }

        var converted = new List<T>(items.Count);
        foreach (var item in items)
        {
            if (!TryRead(item, out var one))
            {
                return false;
            }

            converted.Add(one);
        }

        result = converted;
        return true;
    }
}
