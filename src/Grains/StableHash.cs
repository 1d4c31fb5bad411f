namespace Actors.Grains;

/// <summary>The hash of a grain that all nodes, versions and platforms agree on; <see cref="string.GetHashCode()"/> differs between processes.</summary>
internal static class StableHash
{
    /// <summary>FNV-1a, 32 bits, over the UTF-16 code units of kind, a zero and key.</summary>
    public static uint Of(string kind, string key) => Add(Add(2166136261, kind) * 16777619, key);

    private static uint Add(uint hash, string text)
    {
        foreach (var unit in text)
        {
            hash = (hash ^ (byte)unit) * 16777619;
            hash = (hash ^ (byte)(unit >> 8)) * 16777619;
        }
        return hash;
    }
}
