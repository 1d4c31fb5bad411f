namespace Actors.Hocon.Syntax;

/// <summary>A value assigned to a key.</summary>
/// <param name="Value">The value.</param>
/// <param name="Key">The place of the key.</param>
internal readonly record struct Assignment(Node Value, Origin Key);

/// <summary>
/// A key with the values assigned to it, oldest first. Only those are kept that can still matter: a literal or an
/// array hides all before it, an object merges at once with an object before it.
/// </summary>
internal sealed class FieldNode(string key)
{
    private readonly List<Assignment> _assignments = new(1);

    /// <summary>The place of the last object in braces.</summary>
    private Origin? _inBraces;

    /// <summary>A field of a resolved object.</summary>
    public FieldNode(string key, Node value, Origin origin, Origin? overrode, Origin? merged)
        : this(key)
    {
        _assignments.Add(new Assignment(value, origin));
        Overrode = overrode;
        Merged = merged;
    }

    public string Key { get; } = key;

    public IReadOnlyList<Assignment> Assignments => _assignments;

    /// <summary>The one value of a field in a resolved object.</summary>
    public Node Value => _assignments[0].Value;

    /// <summary>The place where the key was set last.</summary>
    public Origin Origin => _assignments[^1].Key;

    /// <summary>The place of the assignment that a plain value took the place of.</summary>
    public Origin? Overrode { get; private set; }

    /// <summary>The place of the object in braces that a later one in braces has merged with.</summary>
    public Origin? Merged { get; private set; }

    public bool NeedsResolution => _assignments.Count != 1 || Value.NeedsResolution;

    /// <summary>What the resolver knows about this field while it works.</summary>
    public FieldResolution Resolution;

    public void Assign(Node value, Origin origin)
    {
        var top = _assignments.Count == 0 ? null : _assignments[^1].Value;
        switch (value)
        {
            case LiteralNode or ArrayNode:
            case ObjectNode when top is LiteralNode or ArrayNode:
                Overrode = top is null ? null : Origin;
                _assignments.Clear();
                _assignments.Add(new Assignment(value, origin));
                break;
            case ObjectNode later when top is ObjectNode earlier:
                if (_inBraces is { } first && later.IsInBraces)
                {
                    Merged = first;
                }

                earlier.Absorb(later);
                _assignments[^1] = new Assignment(earlier, origin);
                break;
            case LayersNode layers:
                foreach (var layer in layers.Field.Assignments)
                {
                    Assign(layer.Value, origin);
                }

                break;
            default:
                _assignments.Add(new Assignment(value, origin));
                break;
        }

        if (value is ObjectNode { IsInBraces: true })
        {
            _inBraces = origin;
        }
    }

    /// <summary>Assigns what was assigned to another field, in the same order.</summary>
    public void Assign(FieldNode other)
    {
        foreach (var assignment in other._assignments)
        {
            Assign(assignment.Value, assignment.Key);
        }

        Overrode ??= other.Overrode;
        Merged ??= other.Merged;
    }

    /// <summary>The object that the next <c>key.something</c> goes into.</summary>
    public ObjectNode ObjectToExtend(Origin at)
    {
        if (_assignments.Count == 0 || _assignments[^1].Value is not ObjectNode)
        {
            Assign(new ObjectNode(at), at);
        }

        return (ObjectNode)_assignments[^1].Value;
    }
}

/// <summary>State of the substitution resolver for one field.</summary>
internal struct FieldResolution
{
    /// <summary>The value, once it is known.</summary>
    public FieldValue? Done;

    /// <summary>The assignment being resolved plus one; 0 when none is.</summary>
    public int Active;

    /// <summary>Position of that work on the resolver's stack.</summary>
    public int ActiveDepth;
}

/// <summary>What the assignments of a field come to.</summary>
/// <param name="Value">Null when nothing is assigned in the end.</param>
/// <param name="Key">The place of the key that the value, or the last layer of the object, was assigned to.</param>
/// <param name="HidesLower">Whether the field has a value that is not an object, which objects below do not merge with.</param>
internal readonly record struct FieldValue(Node? Value, Origin Key, bool HidesLower);
