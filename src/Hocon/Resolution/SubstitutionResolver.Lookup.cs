using Actors.Hocon.Syntax;

namespace Actors.Hocon.Resolution;

/// <summary>The part of the resolver that finds what a path refers to.</summary>
internal sealed partial class SubstitutionResolver
{
    private Node? ResolveSubstitution(SubstitutionNode substitution)
    {
        CountStep(substitution);
        var outerMetCycle = _metCycle;
        _metCycle = false;
        var value = Lookup(substitution.Path)
            ?? (substitution.IsIncluded ? Lookup(substitution.WrittenPath) : null)
            ?? FromEnvironment(substitution);
        if (value is null && !substitution.IsOptional)
        {
            throw new HoconFormatException(
                substitution.Origin,
                _metCycle
                    ? $"found a cycle: {substitution.Describe()} refers back to itself ({string.Join(" -> ", _chain)}), expected a value assigned before it"
                    : $"{substitution.Describe()} refers to nothing: expected a value at that path or an environment variable of that name (optional ones are written {substitution.Describe().Insert(2, "?")})");
        }

        if (substitution.MustBeObject && value is not (null or ObjectNode))
        {
            throw new HoconFormatException(
                substitution.Origin,
                $"{substitution.Describe()} is {value.Describe()} ({value.Origin}), expected an object, because it stands next to an object");
        }

        _metCycle = outerMetCycle;
        return value;
    }

    private Node? Lookup(ReadOnlySpan<string> path) => Find(path) is { } fields ? ResolveFields(fields) : null;

    private Node? FromEnvironment(SubstitutionNode substitution)
    {
        var name = string.Join('.', substitution.WrittenPath!);
        if (!substitution.IsList)
        {
            return Variable(name);
        }

        var items = new List<Node>();
        while (items.Count < Limits.ExpandedValues && Variable($"{name}_{items.Count}") is { } item)
        {
            items.Add(item);
        }

        return items.Count == 0 ? null : new ArrayNode(items[0].Origin, items);
    }

    private LiteralNode? Variable(string name) =>
        _environment(name) is { } value ? new LiteralNode(new Origin($"environment variable {name}", 0), ScalarKind.String, value) : null;

    private void CountStep(SubstitutionNode substitution)
    {
        if (++_steps > Limits.SubstitutionSteps)
        {
            throw new HoconFormatException(
                substitution.Origin, $"the substitutions of this document refer to each other in more than {Limits.SubstitutionSteps} ways");
        }
    }

    /// <summary>The fields at a path, the one that wins first; several when objects that are not yet merged have it.</summary>
    private List<FieldNode>? Find(ReadOnlySpan<string> path)
    {
        List<ObjectNode> objects = [_root];
        for (var i = 0; ; i++)
        {
            List<FieldNode>? fields = null;
            foreach (var layer in objects)
            {
                if (layer.TryGet(path[i], out var field))
                {
                    (fields ??= []).Add(field);
                }
            }

            if (fields is null || i == path.Length - 1)
            {
                return fields;
            }

            objects = [];
            foreach (var field in fields)
            {
                if (!CollectObjects(field, objects))
                {
                    break;
                }
            }
        }
    }

    /// <summary>Resolves fields of the same path on top of each other.</summary>
    private Node? ResolveFields(List<FieldNode> fields)
    {
        Node? result = null;
        List<ObjectNode>? layers = null;
        foreach (var field in fields)
        {
            var found = ResolveField(field, field.Assignments.Count);
            if (found.Value is ObjectNode layer)
            {
                Stack(layer, ref result, ref layers);
            }
            else
            {
                result ??= found.Value;
            }

            if (found.HidesLower)
            {
                break;
            }
        }

        return Flatten(result, layers);
    }

    /// <summary>
    /// Adds the objects that a path through a field can lead into, without resolving what is in them: a path may
    /// lead through an object that is itself being resolved.
    /// </summary>
    /// <returns>False when a value that is not an object hides what is below.</returns>
    private bool CollectObjects(FieldNode field, List<ObjectNode> objects)
    {
        ref var state = ref field.Resolution;
        if (state.Done is { } done)
        {
            if (done.Value is ObjectNode resolved)
            {
                objects.Add(resolved);
            }

            return !done.HidesLower;
        }

        var count = field.Assignments.Count;
        if (state.Active != 0)
        {
            if (state.ActiveDepth >= _container)
            {
                LookBack(in state, ref count);
            }
            else
            {
                // The path may lead through all of it.
                _lowestDependency = Math.Min(_lowestDependency, state.ActiveDepth);
            }
        }

        _layersVisited += count;
        if (_layersVisited > Limits.LayerVisits)
        {
            throw new HoconFormatException(field.Origin, $"looking up paths in this document takes more than {Limits.LayerVisits} steps");
        }

        for (var i = count - 1; i >= 0; i--)
        {
            switch (field.Assignments[i].Value)
            {
                case ObjectNode layer:
                    objects.Add(layer);
                    break;
                case LiteralNode or ArrayNode or AppendNode:
                    return false;
                case var other:
                    if (!CollectFromReference(field, i, other, objects))
                    {
                        return false;
                    }

                    break;
            }
        }

        return true;
    }

    private bool CollectFromReference(FieldNode field, int index, Node assignment, List<ObjectNode> objects)
    {
        ref var state = ref field.Resolution;
        var outerState = state;
        Enter(assignment.Origin);
        state.Active = index + 1;
        state.ActiveDepth = _depth;
        _chain.Add(field.Key);
        try
        {
            if (assignment is SubstitutionNode substitution && FindTarget(substitution) is { } targets)
            {
                var before = objects.Count;
                foreach (var target in targets)
                {
                    if (!CollectObjects(target, objects))
                    {
                        // Only a target that is no object at all hides what is below this assignment.
                        return objects.Count > before;
                    }
                }

                return true;
            }

            switch (ResolveNode(assignment))
            {
                case null:
                    return true;
                case ObjectNode resolved:
                    objects.Add(resolved);
                    return true;
                default:
                    return false;
            }
        }
        finally
        {
            state.Active = outerState.Active;
            state.ActiveDepth = outerState.ActiveDepth;
            _chain.RemoveAt(_chain.Count - 1);
            _depth--;
        }
    }

    private List<FieldNode>? FindTarget(SubstitutionNode substitution)
    {
        CountStep(substitution);
        return Find(substitution.Path)
            ?? (substitution.IsIncluded ? Find(substitution.WrittenPath) : null);
    }

    private Node? ResolveConcatenation(ConcatenationNode concatenation)
    {
        var values = new List<Node>(concatenation.Pieces.Count);
        var anyValue = false;
        foreach (var piece in concatenation.Pieces)
        {
            if (ResolveNode(piece) is { } value)
            {
                anyValue |= value is not LiteralNode { IsWhitespace: true };
                values.Add(value);
            }
        }

        return anyValue ? Checked(Concatenation.Join(concatenation.Origin, values)) : null;
    }
}
