using Actors.Hocon.Syntax;

namespace Actors.Hocon.Resolution;

/// <summary>Makes the public values of a resolved document. A node that stands in several places becomes one value.</summary>
internal sealed class TreeBuilder
{
    private readonly Dictionary<Node, ConfigValue> _built = new(ReferenceEqualityComparer.Instance);

    public static ConfigValue Build(Node root) => new TreeBuilder().ValueOf(root);

    private ConfigValue ValueOf(Node node)
    {
        if (node is LiteralNode literal)
        {
            return new ConfigScalar(literal.Origin, literal.Kind, literal.Text, literal.IsQuoted);
        }

        if (!_built.TryGetValue(node, out var value))
        {
            value = node switch
            {
                ArrayNode array => new ConfigArray(array.Origin, [.. array.Items.Select(ValueOf)]),
                ObjectNode fields => new ConfigObject(
                    fields.Origin, [.. fields.Fields.Select(field => new ConfigField(field.Key, ValueOf(field.Value), field.Origin, field.Overrode, field.Merged))]),
                _ => throw new InvalidOperationException($"{node.Describe()} is not resolved."),
            };
            _built.Add(node, value);
        }

        return value;
    }
}
