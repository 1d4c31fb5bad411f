using Actors.Hocon.Syntax;

namespace Actors.Hocon;

/// <summary>Between the tree of the parser and the public elements.</summary>
internal static class ModelTree
{
    public static HoconRoot ToRoot(ParsedDocument document) =>
        new(ToValue(document.Root, null), Substitutions(document.Document));

    public static HoconValue ToValue(Node node, IHoconElement? parent)
    {
        var value = new HoconValue(parent) { Origin = node.Origin };
        value.Add(ToElement(node, value));
        return value;
    }

    public static HoconValue Wrap(IHoconElement element, IHoconElement parent)
    {
        var value = new HoconValue(parent);
        value.Add(element);
        return value;
    }

    /// <returns>Null for a value without elements.</returns>
    public static Node? ToNode(IHoconElement element) => element switch
    {
        HoconLiteral literal => literal.ToNode(),
        HoconArray array => ToNode(array),
        HoconObject fields => ToNode(fields),
        HoconField field => ToNode(field.Value),
        HoconSubstitution substitution => ToNode(substitution.ResolvedValue),
        HoconValue value => ToNode(value),
        _ => throw new HoconException($"Found an element of type {element.GetType()}, expected one of this library."),
    };

    public static Node? ToNode(HoconValue value)
    {
        Node? result = null;
        foreach (var element in value.Children)
        {
            var node = ToNode(element);
            if (node is not null)
            {
                result = result is null ? node : NodeJoin.TryJoin(result, node)
                    ?? throw new HoconException($"Found {node.Describe()} next to {result.Describe()}, expected values of one kind.");
            }
        }

        return result;
    }

    public static ArrayNode ToNode(HoconArray array)
    {
        var items = new List<Node>(array.Count);
        foreach (var item in array)
        {
            if (ToNode(item) is { } node)
            {
                items.Add(node);
            }
        }

        return new ArrayNode(OriginOf(array.Parent), items);
    }

    public static ObjectNode ToNode(HoconObject fields)
    {
        var result = new ObjectNode(OriginOf(fields.Parent));
        foreach (var field in fields.Values)
        {
            if (ToNode(field.Value) is { } node)
            {
                result.Add(new FieldNode(field.Key, field.Origin, node));
            }
        }

        return result;
    }

    public static HoconType TypeOf(Node? node) => node switch
    {
        ObjectNode => HoconType.Object,
        ArrayNode => HoconType.Array,
        LiteralNode { Kind: HoconLiteralType.Bool } => HoconType.Boolean,
        LiteralNode { Kind: HoconLiteralType.Long or HoconLiteralType.Double or HoconLiteralType.Hex or HoconLiteralType.Octal } => HoconType.Number,
        LiteralNode { Kind: HoconLiteralType.Null } or null => HoconType.Empty,
        _ => HoconType.String,
    };

    private static Origin OriginOf(IHoconElement? parent) => parent is HoconValue value ? value.Origin : default;

    private static IHoconElement ToElement(Node node, HoconValue parent)
    {
        switch (node)
        {
            case LiteralNode literal:
                return ToLiteral(literal, parent);
            case ArrayNode items:
                var array = new HoconArray(parent);
                items.Items.ForEach(item => array.Add(ToValue(item, array)));
                return array;
            case ObjectNode fields:
                var result = new HoconObject(parent);
                foreach (var field in fields.Fields)
                {
                    var element = new HoconField(field.Key, result) { Origin = field.Origin };
                    element.SetValue(ToValue(field.Value, element));
                    result.Add(field.Key, element);
                }

                return result;
            default:
                throw new InvalidOperationException($"{node.Describe()} is not resolved.");
        }
    }

    private static HoconLiteral ToLiteral(LiteralNode node, IHoconElement parent)
    {
        var origin = node.Origin;
        return node.Kind switch
        {
            HoconLiteralType.Null => new HoconNull(parent) { Origin = origin },
            HoconLiteralType.Bool => new HoconBool(parent, node.Text) { Origin = origin },
            HoconLiteralType.Long => new HoconLong(parent, node.Text) { Origin = origin },
            HoconLiteralType.Hex => new HoconHex(parent, node.Text) { Origin = origin },
            HoconLiteralType.Octal => new HoconOctal(parent, node.Text) { Origin = origin },
            HoconLiteralType.Double => new HoconDouble(parent, node.Text) { Origin = origin },
            HoconLiteralType.TripleQuotedString => new HoconTripleQuotedString(parent, node.Text) { Origin = origin },
            HoconLiteralType.UnquotedString when !node.Text.NeedQuotes() => new HoconUnquotedString(parent, node.Text) { Origin = origin },

            // A concatenation may hold what only quotes can write.
            _ => new HoconQuotedString(parent, node.Text) { Origin = origin },
        };
    }

    /// <summary>Made when they are asked for: few ask, and each holds a copy of what took its place.</summary>
    private static IEnumerable<HoconSubstitution> Substitutions(Node document)
    {
        foreach (var node in SubstitutionCollector.Collect(document))
        {
            yield return ToSubstitution(node);
        }
    }

    private static HoconSubstitution ToSubstitution(SubstitutionNode node) => new(
        null,
        new HoconPath(node.Path[node.PrefixLength..]),
        !node.IsOptional,
        node.Origin,
        node.Resolved is null ? null : ToValue(node.Resolved, null));
}
