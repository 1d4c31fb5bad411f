using System.Diagnostics.CodeAnalysis;

namespace Actors.Hocon.Syntax;

/// <summary>
/// The document tree. The parser makes it; the resolver turns it into one that holds only literals, arrays and objects,
/// and from then on never changes it.
/// </summary>
internal abstract class Node(Origin origin)
{
    private int _depth;
    private long _size;

    public Origin Origin { get; } = origin;

    /// <summary>Levels of nesting, this one included. Only asked of resolved nodes.</summary>
    public int Depth
    {
        get
        {
            Measure();
            return _depth;
        }
    }

    /// <summary>Values in this one, itself included, counting what is shared each time. Only asked of resolved nodes.</summary>
    public long Size
    {
        get
        {
            Measure();
            return _size;
        }
    }

    /// <summary>Whether substitutions or several assignments to one field wait in it to be resolved.</summary>
    public abstract bool NeedsResolution { get; }

    /// <summary>The value as an error message names it.</summary>
    public abstract string Describe();

    /// <summary>A resolved value where an array is expected; null when it cannot be one.</summary>
    public virtual ArrayNode? AsArray() => null;

    protected virtual IEnumerable<Node> Children => [];

    private void Measure()
    {
        if (_depth != 0)
        {
            return;
        }

        var depth = 0;
        var size = 1L;
        foreach (var child in Children)
        {
            depth = Math.Max(depth, child.Depth);
            size = Math.Min(long.MaxValue / 2, size + child.Size);
        }

        _size = size;
        _depth = depth + 1;
    }
}

internal sealed class LiteralNode(Origin origin, ScalarKind kind, string text, bool isQuoted = false) : Node(origin)
{
    public ScalarKind Kind { get; } = kind;

    public string Text { get; } = text;

    public bool IsQuoted { get; } = isQuoted;

    /// <summary>Whether it is the whitespace between the pieces of a concatenation.</summary>
    public bool IsWhitespace { get; init; }

    public override bool NeedsResolution => false;

    public override string Describe() => ConfigScalar.Shown(Kind, Text);
}

internal sealed class ArrayNode(Origin origin, List<Node> items) : Node(origin)
{
    private bool? _needsResolution;

    public List<Node> Items { get; } = items;

    public override bool NeedsResolution => _needsResolution ??= Items.Exists(static i => i.NeedsResolution);

    protected override IEnumerable<Node> Children => Items;

    public override string Describe() => "an array";

    public override ArrayNode AsArray() => this;
}

internal sealed class ObjectNode(Origin origin) : Node(origin)
{
    private readonly Dictionary<string, FieldNode> _fields = new(StringComparer.Ordinal);
    private readonly List<FieldNode> _ordered = [];
    private bool? _needsResolution;

    /// <summary>Whether it is written in braces, and not only made by keys with dots.</summary>
    public bool IsInBraces { get; init; }

    /// <summary>The fields in the order in which their keys first appear.</summary>
    public IReadOnlyList<FieldNode> Fields => _ordered;

    public override bool NeedsResolution => _needsResolution ??= _ordered.Exists(static f => f.NeedsResolution);

    protected override IEnumerable<Node> Children => _ordered.Select(static f => f.Value);

    public bool TryGet(string key, [NotNullWhen(true)] out FieldNode? field) => _fields.TryGetValue(key, out field);

    public FieldNode GetOrAdd(string key)
    {
        if (!_fields.TryGetValue(key, out var field))
        {
            Add(field = new FieldNode(key));
        }

        return field;
    }

    public void Add(FieldNode field)
    {
        _fields.Add(field.Key, field);
        _ordered.Add(field);
    }

    /// <summary>Puts the fields of another object over those of this one, as if they were written behind them.</summary>
    public void Absorb(ObjectNode later)
    {
        foreach (var field in later._ordered)
        {
            GetOrAdd(field.Key).Assign(field);
        }
    }

    /// <summary>The values of the fields whose keys are whole numbers; null when there is none.</summary>
    public override ArrayNode? AsArray() =>
        IndexedKeys.InOrder(_ordered, static field => field.Key) is { } indexed ? new ArrayNode(Origin, indexed.ConvertAll(static field => field.Value)) : null;

    public override string Describe() => "an object";
}
