namespace Actors.Hocon.Syntax;

/// <summary>Lists the substitutions of a parsed document that still matter, in the order in which they were written.</summary>
internal static class SubstitutionCollector
{
    public static List<SubstitutionNode> Collect(Node document)
    {
        var found = new List<SubstitutionNode>();
        Visit(document, found);
        return found;
    }

    private static void Visit(Node node, List<SubstitutionNode> found)
    {
        if (!node.NeedsResolution)
        {
            return;
        }

        switch (node)
        {
            case SubstitutionNode substitution:
                found.Add(substitution);
                break;
            case ObjectNode fields:
                foreach (var field in fields.Fields)
                {
                    Visit(field, found);
                }

                break;
            case ArrayNode array:
                array.Items.ForEach(item => Visit(item, found));
                break;
            case ConcatenationNode concatenation:
                concatenation.Pieces.ForEach(piece => Visit(piece, found));
                break;
            case AppendNode append:
                Visit(append.Element, found);
                break;
            case LayersNode layers:
                Visit(layers.Field, found);
                break;
        }
    }

    private static void Visit(FieldNode field, List<SubstitutionNode> found)
    {
        foreach (var assignment in field.Assignments)
        {
            Visit(assignment, found);
        }
    }
}
