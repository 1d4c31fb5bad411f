using Actors.Hocon.Syntax;

namespace Actors.Hocon;

/// <summary>What values next to each other are together.</summary>
internal static class NodeJoin
{
    /// <summary>Texts and arrays are joined, objects merged; null when values of these kinds cannot stand next to each other.</summary>
    public static Node? TryJoin(Node first, Node second) => (first, second) switch
    {
        (ObjectNode lower, ObjectNode upper) => ObjectMerge.Merge(lower, upper),
        (ArrayNode left, ArrayNode right) => new ArrayNode(left.Origin, [.. left.Items, .. right.Items]),
        (LiteralNode left, LiteralNode right) => new LiteralNode(left.Origin, HoconLiteralType.UnquotedString, left.Text + right.Text),
        _ => null,
    };

    public static HoconException Unexpected(Node? found, string expected) =>
        new(found is null ? $"Found nothing, expected {expected}." : $"Found {found.Describe()} ({found.Origin}), expected {expected}.");
}
