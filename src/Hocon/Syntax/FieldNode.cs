namespace Actors.Hocon.Syntax;

/// <summary>
/// A key with the values assigned to it, oldest first. Only those are kept that can still matter: a literal or an
/// array hides all before it, an object merges at once with an object before it.
/// </summary>
internal sealed class FieldNode(string key, Origin origin)
{
    private readonly List<Node> _assignments = new(1);

    public FieldNode(string key, Origin origin, Node value)
        : this(key, origin) => _assignments.Add(value);

    public string Key { get; } = key;

    public Origin Origin { get; } = origin;

    public IReadOnlyList<Node> Assignments => _assignments;

    /// <summary>The one value of a field in a resolved object.</summary>
    public Node Value => _assignments[0];

    public bool NeedsResolution => _assignments.Count != 1 || _assignments[0].NeedsResolution;

    /// <summary>What the resolver knows about this field while it works.</summary>
    public FieldResolution Resolution;

    public void Assign(Node value)
    {
        var top = _assignments.Count == 0 ? null : _assignments[^1];
        switch (value)
        {
            case LiteralNode or ArrayNode:
            case ObjectNode when top is LiteralNode or ArrayNode:
                _assignments.Clear();
                _assignments.Add(value);
                break;
            case ObjectNode later when top is ObjectNode earlier:
                earlier.Absorb(later);
                break;
            case LayersNode layers:
                foreach (var layer in layers.Field.Assignments)
                {
                    Assign(layer);
                }

                break;
            default:
                _assignments.Add(value);
                break;
        }
    }

    /// <summary>The object that the next <c>key.something</c> goes into.</summary>
    public ObjectNode ObjectToExtend(Origin at)
    {
        if (_assignments.Count == 0 || _assignments[^1] is not ObjectNode)
        {
            Assign(new ObjectNode(at));
        }

        return (ObjectNode)_assignments[^1];
    }
}

/// <summary>State of the substitution resolver for one field.</summary>
internal struct FieldResolution
{
    public bool IsDone;

    /// <summary>The resolved value; null when nothing is assigned in the end.</summary>
    public Node? Value;

    /// <summary>Whether a non-object in this field hides what other objects have at the same path.</summary>
    public bool HidesLower;

    /// <summary>The assignment being resolved plus one; 0 when none is.</summary>
    public int Active;

    /// <summary>Position of that work on the resolver's stack.</summary>
    public int ActiveDepth;
}
