using System.Text;
using Actors.Hocon.Syntax;

namespace Actors.Hocon.Resolution;

/// <summary>The part of the resolver that finds what a path refers to, and puts values next to each other.</summary>
internal sealed partial class SubstitutionResolver
{
    private Node? ResolveSubstitution(SubstitutionNode substitution)
    {
        if (++_steps > Limits.SubstitutionSteps)
        {
            throw new HoconParserException(
                substitution.Origin, $"the substitutions of this document refer to each other in more than {Limits.SubstitutionSteps} ways");
        }

        var outerMetCycle = _metCycle;
        _metCycle = false;
        var value = Lookup(substitution.Path)
            ?? (substitution.PrefixLength > 0 ? Lookup(substitution.Path[substitution.PrefixLength..]) : null)
            ?? FromEnvironment(substitution);
        if (value is null && !substitution.IsOptional)
        {
            throw new HoconParserException(
                substitution.Origin,
                _metCycle
                    ? $"found a cycle: {substitution.Describe()} refers back to itself ({string.Join(" -> ", _chain)}), expected a value assigned before it"
                    : $"{substitution.Describe()} refers to nothing: expected a value at that path or an environment variable of that name (optional ones are written ${{?{substitution.WrittenPath}}})");
        }

        if (substitution.MustBeObject && value is not (null or ObjectNode))
        {
            throw new HoconParserException(
                substitution.Origin,
                $"{substitution.Describe()} is {value.Describe()} ({value.Origin}), expected an object, because it stands next to an object");
        }

        _metCycle = outerMetCycle;
        substitution.Resolved = value;
        return value;
    }

    private Node? Lookup(string[] path) => Find(path) is { } fields ? ResolveFields(fields) : null;

    private LiteralNode? FromEnvironment(SubstitutionNode substitution)
    {
        // An environment variable that is set to nothing counts as not set.
        var name = string.Join('.', substitution.Path.AsSpan(substitution.PrefixLength)!);
        return _environment(name) is { Length: > 0 } value
            ? new LiteralNode(new Origin($"environment variable {name}", 0, 0), HoconLiteralType.QuotedString, value)
            : null;
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
            var value = ResolveField(field, field.Assignments.Count, out var hidesLower);
            if (value is ObjectNode layer)
            {
                Stack(layer, ref result, ref layers);
            }
            else
            {
                result ??= value;
            }

            if (hidesLower)
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
        if (state.IsDone)
        {
            if (state.Value is ObjectNode resolved)
            {
                objects.Add(resolved);
            }

            return !state.HidesLower;
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
            throw new HoconParserException(field.Origin, $"looking up paths in this document takes more than {Limits.LayerVisits} steps");
        }

        for (var i = count - 1; i >= 0; i--)
        {
            switch (field.Assignments[i])
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
        if (++_steps > Limits.SubstitutionSteps)
        {
            throw new HoconParserException(
                substitution.Origin, $"the substitutions of this document refer to each other in more than {Limits.SubstitutionSteps} ways");
        }

        return Find(substitution.Path)
            ?? (substitution.PrefixLength > 0 ? Find(substitution.Path.AsSpan(substitution.PrefixLength)) : null);
    }

    private Node? ResolveConcatenation(ConcatenationNode concatenation)
    {
        var values = new List<Node>(concatenation.Pieces.Count);
        var anyValue = false;
        foreach (var piece in concatenation.Pieces)
        {
            if (ResolveNode(piece) is { } value)
            {
                anyValue |= value is not LiteralNode { Kind: HoconLiteralType.Whitespace };
                values.Add(value);
            }
        }

        if (!anyValue)
        {
            return null;
        }

        return values.Find(static v => v is not LiteralNode) switch
        {
            ObjectNode => JoinObjects(concatenation, values),
            ArrayNode => JoinArrays(concatenation, values),
            _ => JoinText(concatenation, values),
        };
    }

    private static ObjectNode JoinObjects(ConcatenationNode concatenation, List<Node> values) =>
        Checked(ObjectMerge.Merge(OnlyOf<ObjectNode>(concatenation, values).ToList()));

    private static ArrayNode JoinArrays(ConcatenationNode concatenation, List<Node> values)
    {
        var items = new List<Node>();
        foreach (var value in OnlyOf<ArrayNode>(concatenation, values))
        {
            if (items.Count + value.Items.Count > Limits.ExpandedValues)
            {
                throw new HoconParserException(concatenation.Origin, $"there are more than {Limits.ExpandedValues} values after substitution");
            }

            items.AddRange(value.Items);
        }

        return Checked(new ArrayNode(concatenation.Origin, items));
    }

    private static IEnumerable<T> OnlyOf<T>(ConcatenationNode concatenation, List<Node> values)
        where T : Node
    {
        var expected = typeof(T) == typeof(ArrayNode) ? "arrays" : "objects";
        foreach (var value in values)
        {
            if (value is T wanted)
            {
                yield return wanted;
            }
            else if (value is not LiteralNode { Kind: HoconLiteralType.Whitespace })
            {
                throw new HoconParserException(
                    concatenation.Origin, $"found {value.Describe()} ({value.Origin}) in a concatenation of {expected}, expected only {expected}");
            }
        }
    }

    private static LiteralNode JoinText(ConcatenationNode concatenation, List<Node> values)
    {
        var text = new StringBuilder();
        foreach (var value in values)
        {
            var piece = ((LiteralNode)value).Text;
            if (text.Length + piece.Length > Limits.StringLength)
            {
                throw new HoconParserException(concatenation.Origin, $"this string has more than {Limits.StringLength} characters after substitution");
            }

            text.Append(piece);
        }

        return new LiteralNode(concatenation.Origin, HoconLiteralType.UnquotedString, text.ToString());
    }
}
