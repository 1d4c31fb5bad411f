using System.Text;
using Actors.Hocon.Syntax;

namespace Actors.Hocon.Resolution;

/// <summary>Makes one value of resolved values that stand next to each other: arrays and texts are joined, objects merge.</summary>
internal static class Concatenation
{
    /// <param name="origin">The place of the first value.</param>
    /// <param name="values">The values and the whitespace between them; at least one is not whitespace.</param>
    public static Node Join(Origin origin, List<Node> values)
    {
        // Next to an array, an object with numbered keys counts as one.
        if (values.Exists(static value => value is ArrayNode))
        {
            return JoinArrays(origin, values);
        }

        return values.Exists(static value => value is ObjectNode)
            ? ObjectMerge.Merge(OnlyOf(origin, values, "objects", static value => value as ObjectNode))
            : JoinText(origin, values);
    }

    private static ArrayNode JoinArrays(Origin origin, List<Node> values)
    {
        var items = new List<Node>();
        foreach (var value in OnlyOf(origin, values, "arrays", static value => value.AsArray()))
        {
            if (items.Count + value.Items.Count > Limits.ExpandedValues)
            {
                throw new HoconFormatException(origin, $"there are more than {Limits.ExpandedValues} values after substitution");
            }

            items.AddRange(value.Items);
        }

        return new ArrayNode(origin, items);
    }

    private static List<T> OnlyOf<T>(Origin origin, List<Node> values, string expected, Func<Node, T?> convert)
        where T : Node
    {
        var converted = new List<T>(values.Count);
        foreach (var value in values)
        {
            if (convert(value) is { } wanted)
            {
                converted.Add(wanted);
            }
            else if (value is not LiteralNode { IsWhitespace: true })
            {
                throw new HoconFormatException(
                    origin, $"found {value.Describe()} ({value.Origin}) in a concatenation of {expected}, expected only {expected}");
            }
        }

        return converted;
    }

    private static LiteralNode JoinText(Origin origin, List<Node> values)
    {
        var text = new StringBuilder();
        var isQuoted = false;
        foreach (var value in values)
        {
            var piece = ((LiteralNode)value).Text;
            isQuoted |= ((LiteralNode)value).IsQuoted;
            if (text.Length + piece.Length > Limits.StringLength)
            {
                throw new HoconFormatException(origin, $"this string has more than {Limits.StringLength} characters after substitution");
            }

            text.Append(piece);
        }

        return new LiteralNode(origin, ScalarKind.String, text.ToString(), isQuoted);
    }
}
