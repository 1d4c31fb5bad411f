namespace Actors.Grains.Generator;

/// <summary>The names of kinds and methods on the wire.</summary>
internal static class WireNames
{
    private const int MaxLength = 100;

    /// <summary>What is wrong with a name; null for nothing.</summary>
    public static string? Fault(string? name)
    {
        if (string.IsNullOrEmpty(name)) return "is empty";
        if (name!.Length > MaxLength) return $"has {name.Length} characters";
        foreach (var unit in name)
        {
            if (unit is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '_' or '-')) return $"has the character '{unit}'";
        }
        return null;
    }
}
