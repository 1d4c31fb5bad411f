using Actors.Hocon.Syntax;

namespace Actors.Hocon.Resolution;

/// <summary>Resolved objects become one, the later over the earlier; what they do not share is not copied.</summary>
internal static class ObjectMerge
{
    /// <summary>Merges all at once, so that many layers cost no more than what is in them.</summary>
    /// <param name="layers">The lowest first.</param>
    public static ObjectNode Merge(IReadOnlyList<ObjectNode> layers)
    {
        var filled = layers.Where(static l => l.Fields.Count > 0).ToList();
        if (filled.Count < 2)
        {
            return filled.Count == 1 ? filled[0] : layers[^1];
        }

        var order = new List<string>();
        var byKey = new Dictionary<string, (FieldNode Top, List<FieldNode>? All)>(StringComparer.Ordinal);
        foreach (var layer in filled)
        {
            foreach (var field in layer.Fields)
            {
                if (!byKey.TryGetValue(field.Key, out var known))
                {
                    order.Add(field.Key);
                    byKey.Add(field.Key, (field, null));
                    continue;
                }

                var all = known.All ?? [known.Top];
                all.Add(field);
                byKey[field.Key] = (field, all);
            }
        }

        var merged = new ObjectNode(filled[^1].Origin);
        foreach (var key in order)
        {
            var (top, all) = byKey[key];
            merged.Add(all is null ? top : MergeFields(all));
        }

        return merged;
    }

    private static FieldNode MergeFields(List<FieldNode> fields)
    {
        var top = fields[^1];
        var start = fields.FindLastIndex(static f => f.Value is not ObjectNode) + 1;
        return fields.Count - start < 2
            ? top
            : new FieldNode(top.Key, Merge(fields.Skip(start).Select(static f => (ObjectNode)f.Value).ToList()), top.Origin, top.Overrode, top.Merged);
    }
}
