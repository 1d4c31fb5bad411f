using Actors.Hocon.Syntax;

namespace Actors.Hocon;

/// <summary>
/// Two elements are equal when they mean the same: type and text of literals, elements of arrays in order, keys of
/// objects in any order.
/// </summary>
internal static class ElementEquality
{
    public static bool Equal(IHoconElement left, IHoconElement? right) =>
        right is not null && (ReferenceEquals(left, right) || Equal(ModelTree.ToNode(left), ModelTree.ToNode(right)));

    public static int Hash(IHoconElement element) => Hash(ModelTree.ToNode(element));

    private static bool Equal(Node? left, Node? right) => (left, right) switch
    {
        (null, null) => true,
        (LiteralNode l, LiteralNode r) => ModelTree.TypeOf(l) == ModelTree.TypeOf(r) && l.Text == r.Text,
        (ArrayNode l, ArrayNode r) => l.Items.Count == r.Items.Count && l.Items.Zip(r.Items).All(static p => Equal(p.First, p.Second)),
        (ObjectNode l, ObjectNode r) => l.Fields.Count == r.Fields.Count
            && l.Fields.All(f => r.TryGet(f.Key, out var other) && Equal(f.Value, other.Value)),
        _ => false,
    };

    private static int Hash(Node? node) => node switch
    {
        LiteralNode literal => HashCode.Combine(ModelTree.TypeOf(literal), literal.Text),
        ArrayNode array => array.Items.Aggregate(17, static (hash, item) => HashCode.Combine(hash, Hash(item))),

        // The order of keys does not count.
        ObjectNode fields => fields.Fields.Aggregate(31, static (hash, field) => hash ^ HashCode.Combine(field.Key, Hash(field.Value))),
        _ => 0,
    };
}
