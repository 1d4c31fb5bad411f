using System.Text;

namespace Actors.Hocon.Syntax;

/// <summary>Writes a resolved tree as HOCON that parses back to the same tree.</summary>
internal static class NodeRenderer
{
    /// <param name="indentSize">Spaces for a level of nesting.</param>
    public static string Render(Node root, int indentSize = 2)
    {
        var builder = new StringBuilder();
        if (root is ObjectNode { Fields.Count: > 0 } fields)
        {
            // The braces of the root can be left out.
            AppendFields(builder, fields, 0, indentSize);
        }
        else
        {
            AppendValue(builder, root, 0, indentSize);
        }

        return builder.ToString();
    }

    public static string RenderValue(Node node, int level, int indentSize)
    {
        var builder = new StringBuilder();
        AppendValue(builder, node, level, indentSize);
        return builder.ToString();
    }

    public static string RenderLiteral(LiteralNode literal) => literal.Kind switch
    {
        HoconLiteralType.Null => "null",
        HoconLiteralType.Bool or HoconLiteralType.Long or HoconLiteralType.Hex or HoconLiteralType.Octal or HoconLiteralType.Double => literal.Text,
        HoconLiteralType.UnquotedString when !Quoting.NeedsQuotes(literal.Text) && Literals.KindOf(literal.Text) == HoconLiteralType.UnquotedString => literal.Text,
        _ => Quoting.Quote(literal.Text),
    };

    private static void AppendValue(StringBuilder builder, Node node, int level, int indentSize)
    {
        switch (node)
        {
            case LiteralNode literal:
                builder.Append(RenderLiteral(literal));
                break;
            case ArrayNode array:
                AppendArray(builder, array, level, indentSize);
                break;
            case ObjectNode { Fields.Count: 0 }:
                builder.Append("{}");
                break;
            case ObjectNode fields:
                builder.Append("{\n");
                AppendFields(builder, fields, level + 1, indentSize);
                builder.Append('\n').Append(' ', level * indentSize).Append('}');
                break;
            default:
                builder.Append(node.Describe());
                break;
        }
    }

    private static void AppendFields(StringBuilder builder, ObjectNode fields, int level, int indentSize)
    {
        var first = true;
        foreach (var field in fields.Fields)
        {
            if (!first)
            {
                builder.Append('\n');
            }

            first = false;
            builder.Append(' ', level * indentSize).Append(PathExpression.FormatKey(field.Key)).Append(field.Value is ObjectNode ? " " : " : ");
            AppendValue(builder, field.Value, level, indentSize);
        }
    }

    private static void AppendArray(StringBuilder builder, ArrayNode array, int level, int indentSize)
    {
        builder.Append('[');
        var first = true;
        foreach (var item in array.Items)
        {
            if (!first)
            {
                builder.Append(", ");
            }

            first = false;
            AppendValue(builder, item, level, indentSize);
        }

        builder.Append(']');
    }
}
