using System.Runtime.CompilerServices;
using Actors.Hocon.Syntax;

namespace Actors.Hocon.Resolution;

/// <summary>
/// Puts values in the place of substitutions, and folds the assignments of each field into one value. Each field is
/// resolved when it is first asked for and remembered. While a field is being resolved, a substitution that leads
/// back to it sees only what was assigned before; when nothing was, or it leads back to an object or array from
/// within, it is a cycle.
/// </summary>
internal sealed partial class SubstitutionResolver
{
    private readonly ObjectNode _root;
    private readonly Func<string, string?> _environment;
    private readonly List<string> _chain = [];
    private int _depth;
    private int _steps;
    private int _layersVisited;

    /// <summary>The lowest stack position that the current work looked back from; such work is not remembered above it.</summary>
    private int _lowestDependency = int.MaxValue;

    /// <summary>
    /// Stack position of the innermost object or array being resolved. A substitution in it that leads back to a field
    /// further out is not self-referential: paths may lead through that field, but its own value would be endless.
    /// </summary>
    private int _container;

    /// <summary>Whether a look-up met a field that is being resolved.</summary>
    private bool _metCycle;

    private SubstitutionResolver(ObjectNode root, Func<string, string?> environment)
    {
        _root = root;
        _environment = environment;
    }

    /// <param name="root">A parsed document: an object or array.</param>
    /// <param name="environment">The value of an environment variable; null when there is none.</param>
    public static Node Resolve(Node root, Func<string, string?> environment)
    {
        if (!root.NeedsResolution)
        {
            return root;
        }

        var resolver = new SubstitutionResolver(root as ObjectNode ?? new ObjectNode(root.Origin), environment);
        var resolved = resolver.ResolveNode(root) ?? new ObjectNode(root.Origin);
        CheckSize(resolved, root.Origin);
        return resolved;
    }

    /// <returns>Null when an optional substitution leaves nothing.</returns>
    private Node? ResolveNode(Node node)
    {
        if (!node.NeedsResolution)
        {
            return node;
        }

        Enter(node.Origin);
        var outerContainer = _container;
        if (node is ObjectNode or ArrayNode)
        {
            _container = _depth;
        }

        try
        {
            return node switch
            {
                ObjectNode o => ResolveObject(o),
                ArrayNode a => ResolveArray(a),
                LayersNode l => ResolveField(l.Field, l.Field.Assignments.Count).Value,
                ConcatenationNode c => ResolveConcatenation(c),
                SubstitutionNode s => ResolveSubstitution(s),
                _ => throw new InvalidOperationException($"{node.GetType().Name} cannot be resolved by itself."),
            };
        }
        finally
        {
            _container = outerContainer;
            _depth--;
        }
    }

    private ObjectNode ResolveObject(ObjectNode node)
    {
        var resolved = new ObjectNode(node.Origin);
        foreach (var field in node.Fields)
        {
            if (ResolveField(field, field.Assignments.Count) is { Value: { } value } found)
            {
                resolved.Add(new FieldNode(field.Key, value, found.Key, field.Overrode, field.Merged));
            }
        }

        return Checked(resolved);
    }

    private ArrayNode ResolveArray(ArrayNode node)
    {
        var items = new List<Node>(node.Items.Count);
        foreach (var item in node.Items)
        {
            if (ResolveNode(item) is { } value)
            {
                items.Add(value);
            }
        }

        return Checked(new ArrayNode(node.Origin, items));
    }

    /// <summary>Folds the first <paramref name="count"/> assignments of a field.</summary>
    private FieldValue ResolveField(FieldNode field, int count)
    {
        ref var state = ref field.Resolution;
        var total = field.Assignments.Count;
        if (state.Done is { } done && count == total)
        {
            return done;
        }

        if (state.Active != 0 && !LookBack(in state, ref count))
        {
            return default;
        }

        var outerDependency = _lowestDependency;
        var outerState = state;
        var position = _depth;
        _lowestDependency = int.MaxValue;
        _chain.Add(field.Key);
        Node? result = null;
        List<ObjectNode>? layers = null;
        var origin = default(Origin);
        var hidesLower = false;
        try
        {
            for (var i = count - 1; i >= 0; i--)
            {
                var (assigned, key) = field.Assignments[i];
                state.Active = i + 1;
                state.ActiveDepth = position;
                var value = assigned is AppendNode ? ResolveAppends(field, ref i) : ResolveNode(assigned);
                if (value is null)
                {
                    continue;
                }

                origin = result is null ? key : origin;
                if (value is not ObjectNode layer)
                {
                    hidesLower = true;
                    result ??= value;
                    break;
                }

                Stack(layer, ref result, ref layers);
            }
        }
        finally
        {
            state.Active = outerState.Active;
            state.ActiveDepth = outerState.ActiveDepth;
            _chain.RemoveAt(_chain.Count - 1);
        }

        var resolved = new FieldValue(Flatten(result, layers), origin, hidesLower);
        var dependsOnOuter = _lowestDependency < position;
        if (count == total && !dependsOnOuter)
        {
            state.Done = resolved;
        }

        _lowestDependency = dependsOnOuter ? Math.Min(outerDependency, _lowestDependency) : outerDependency;
        return resolved;
    }

    /// <summary>Puts an object under those found so far, which merge once all of them are found.</summary>
    private static void Stack(ObjectNode layer, ref Node? result, ref List<ObjectNode>? layers)
    {
        if (result is ObjectNode first)
        {
            (layers ??= [first]).Add(layer);
        }
        else
        {
            result = layer;
        }
    }

    private static Node? Flatten(Node? result, List<ObjectNode>? layers)
    {
        if (layers is null)
        {
            return result;
        }

        layers.Reverse();
        return Checked(ObjectMerge.Merge(layers));
    }

    /// <summary>Limits a look-up of a field that is being resolved to what was assigned to it before.</summary>
    /// <returns>False when its whole value is asked for from within that value.</returns>
    private bool LookBack(in FieldResolution state, ref int count)
    {
        _metCycle = true;
        _lowestDependency = Math.Min(_lowestDependency, state.ActiveDepth);
        if (state.ActiveDepth < _container)
        {
            return false;
        }

        count = Math.Min(count, state.Active - 1);
        return true;
    }

    /// <summary>Resolves a run of <c>+=</c> assignments, the last of which is at <paramref name="index"/>, on top of what is before it.</summary>
    private ArrayNode ResolveAppends(FieldNode field, ref int index)
    {
        var last = index;
        var first = last;
        while (first > 0 && field.Assignments[first - 1].Value is AppendNode)
        {
            first--;
        }

        field.Resolution.Active = first + 1;
        var origin = field.Assignments[first].Value.Origin;
        var items = new List<Node>();
        if (first > 0 && ResolveBelow(field, first) is { } existing)
        {
            if (existing.AsArray() is not { } array)
            {
                throw new HoconFormatException(origin, $"found '+=' on {existing.Describe()} ({existing.Origin}), expected an array to append to");
            }

            items.AddRange(array.Items);
        }

        for (var i = first; i <= last; i++)
        {
            field.Resolution.Active = i + 1;
            if (ResolveNode(((AppendNode)field.Assignments[i].Value).Element) is { } element)
            {
                items.Add(element);
            }
        }

        index = first;
        return Checked(new ArrayNode(origin, items));
    }

    private Node? ResolveBelow(FieldNode field, int count)
    {
        var metCycle = _metCycle;
        Enter(field.Origin);
        var value = ResolveField(field, count).Value;
        _depth--;
        _metCycle = metCycle;
        return value;
    }

    private void Enter(Origin origin)
    {
        _depth++;
        if (_depth > Limits.ReferenceChain)
        {
            throw new HoconFormatException(origin, $"substitutions refer to each other more than {Limits.ReferenceChain} levels deep");
        }

        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new HoconFormatException(origin, "substitutions refer to each other too deep for the stack of this thread");
        }
    }

    private static T Checked<T>(T node)
        where T : Node
    {
        CheckSize(node, node.Origin);
        return node;
    }

    private static void CheckSize(Node node, Origin origin)
    {
        if (node.Depth > Limits.Depth)
        {
            throw new HoconFormatException(origin, $"objects and arrays are nested more than {Limits.Depth} levels deep after substitution");
        }

        if (node.Size > Limits.ExpandedValues)
        {
            throw new HoconFormatException(origin, $"there are more than {Limits.ExpandedValues} values after substitution");
        }
    }
}
