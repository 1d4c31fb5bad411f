using Akka.Configuration.Hocon;
using global::Hocon;
using global::Hocon.Syntax;
using HoconArray = Akka.Configuration.Hocon.HoconArray;
using HoconLiteral = Akka.Configuration.Hocon.HoconLiteral;
using HoconObject = Akka.Configuration.Hocon.HoconObject;
using HoconRoot = Akka.Configuration.Hocon.HoconRoot;
using HoconSubstitution = Akka.Configuration.Hocon.HoconSubstitution;
using IHoconElement = Akka.Configuration.Hocon.IHoconElement;
using HoconValue = Akka.Configuration.Hocon.HoconValue;

namespace Akka.Configuration;

/// <summary>Between the tree of the Hocon parser and the elements of <c>Akka.Configuration.Hocon</c>.</summary>
internal static class HoconTree
{
    public static Config Parse(string text, string? source, Func<string, HoconRoot?>? includeCallback)
    {
        var document = ParseDocument(text, source, includeCallback);
        return new Config(document.Root, null) { Substitutions = Substitutions(document.Document) };
    }

    public static HoconRoot ParseRoot(string text, Func<string, HoconRoot?>? includeCallback)
    {
        var document = ParseDocument(text, null, includeCallback);
        return new HoconRoot(ToValue(document.Root), Substitutions(document.Document));
    }

    public static HoconValue ToValue(Node node)
    {
        var value = new HoconValue { Origin = node.Origin };
        value.Values.Add(ToElement(node));
        return value;
    }

    /// <summary>A value of several elements becomes one: texts and arrays are joined, objects merged.</summary>
    public static Node ToNode(HoconValue value)
    {
        Node? result = null;
        foreach (var element in value.Values)
        {
            var node = ToNode(element, value.Origin);
            if (node is not null)
            {
                result = result is null ? node : NodeJoin.TryJoin(result, node)
                    ?? throw new ConfigurationException($"Found {node.Describe()} next to {result.Describe()} ({value.Origin}), expected values of one kind.");
            }
        }

        return result ?? new ObjectNode(value.Origin);
    }

    private static ParsedDocument ParseDocument(string text, string? source, Func<string, HoconRoot?>? includeCallback)
    {
        try
        {
            return HoconDocument.Parse(text, source, includeCallback is null ? null : (statement, _) => Include(statement, includeCallback));
        }
        catch (Exception e) when (e is HoconParserException or HoconTokenizerException)
        {
            throw new ConfigurationException($"The configuration does not parse: {e.Message}", e);
        }
    }

    private static IncludedText? Include(IncludeStatement statement, Func<string, HoconRoot?> includeCallback) =>
        includeCallback(statement.Name)?.Value is { } value
            ? new IncludedText(statement.Name, statement.Name, "", ToNode(value))
            : null;

    private static IHoconElement ToElement(Node node)
    {
        switch (node)
        {
            case LiteralNode literal:
                return new HoconLiteral(literal);
            case ArrayNode items:
                var array = new HoconArray();
                array.AddRange(items.Items.Select(ToValue));
                return array;
            case ObjectNode fields:
                var result = new HoconObject();
                foreach (var field in fields.Fields)
                {
                    result.Items.Add(field.Key, ToValue(field.Value));
                }

                return result;
            default:
                throw new InvalidOperationException($"{node.Describe()} is not resolved.");
        }
    }

    private static Node? ToNode(IHoconElement element, Origin origin)
    {
        switch (element)
        {
            case HoconLiteral literal:
                return literal.ToNode(origin);
            case HoconArray array:
                return new ArrayNode(origin, [.. array.Select(ToNode)]);
            case HoconObject fields:
                var result = new ObjectNode(origin);
                foreach (var (key, value) in fields.Items)
                {
                    result.Add(new FieldNode(key, value.Origin, ToNode(value)));
                }

                return result;
            case HoconSubstitution substitution:
                return substitution.ResolvedValue is { } resolved ? ToNode(resolved) : null;
            default:
                throw new ConfigurationException($"Found an element of type {element.GetType()}, expected a literal, array, object or substitution of Akka.Configuration.Hocon.");
        }
    }

    /// <summary>Made when they are asked for: few ask, and each holds a copy of what took its place.</summary>
    private static IEnumerable<HoconSubstitution> Substitutions(Node document)
    {
        foreach (var node in SubstitutionCollector.Collect(document))
        {
            yield return new HoconSubstitution(node.WrittenPath) { ResolvedValue = node.Resolved is null ? null : ToValue(node.Resolved) };
        }
    }
}
