using global::Hocon.Conversion;
using global::Hocon.Syntax;

namespace Akka.Configuration;

/// <summary>Converts nodes of the tree for the getters, with errors that name path, origin, found and expected.</summary>
internal static class ConfigReader
{
    /// <summary>A missing value and null are the default.</summary>
    public static T Read<T>(Node? node, string? path, Conversion<T> conversion, T fallback)
    {
        if (IsNothing(node))
        {
            return fallback;
        }

        return conversion.TryConvert(node!, out var value, out var problem) ? value : throw Error(path, problem);
    }

    public static T Read<T>(Node node, string? path, Conversion<T> conversion) =>
        conversion.TryConvert(node, out var value, out var problem) ? value : throw Error(path, problem);

    /// <summary>A missing list is an empty one.</summary>
    public static IList<T> ReadList<T>(Node? node, string? path, Conversion<T> conversion, IList<T>? fallback = null)
    {
        if (IsNothing(node))
        {
            return fallback ?? [];
        }

        return conversion.TryConvertList(node!, out var values, out var problem) ? values : throw Error(path, problem);
    }

    public static ObjectNode? ReadObject(Node? node, string? path)
    {
        if (IsNothing(node))
        {
            return null;
        }

        return node as ObjectNode ?? throw Error(path, $"found {node!.Describe()} ({node.Origin}), expected an object");
    }

    public static bool IsNothing(Node? node) => node is null or LiteralNode { Kind: global::Hocon.HoconLiteralType.Null };

    public static ConfigurationException Error(string? path, string problem) =>
        new(path is null ? char.ToUpperInvariant(problem[0]) + problem[1..] : $"{path}: {problem}");
}
