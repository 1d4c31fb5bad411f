using System.Diagnostics.CodeAnalysis;
using Actors.Hocon.Syntax;

namespace Actors.Hocon;

/// <summary>Keys with values.</summary>
public class HoconObject : Dictionary<string, HoconField>, IHoconElement, IEquatable<IHoconElement>
{
    public HoconObject(IHoconElement? parent)
        : base(StringComparer.Ordinal) => Parent = parent;

    /// <summary>An object without keys.</summary>
    public static HoconObject Empty => new(null);

    public IHoconElement? Parent { get; }

    public HoconType Type => HoconType.Object;

    public bool IsEmpty => Count == 0;

    public string Raw => $"{{{string.Join(",", Values.Select(static f => $"{PathExpression.FormatKey(f.Key)}:{f.Raw}"))}}}";

    /// <summary>The keys from the root to this object.</summary>
    public HoconPath Path
    {
        get
        {
            for (var element = Parent; element is not null; element = element.Parent)
            {
                if (element is HoconField named)
                {
                    return named.Path;
                }
            }

            return HoconPath.Empty;
        }
    }

    /// <summary>The object in plain .NET types: dictionaries, lists and strings.</summary>
    public IDictionary<string, object?> Unwrapped => Values.ToDictionary(static f => f.Key, static f => Unwrap(f.Value), StringComparer.Ordinal);

    /// <inheritdoc cref="GetField(string)"/>
    public new HoconField this[string key] => GetField(key);

    /// <inheritdoc cref="GetField(string)"/>
    public HoconField this[HoconPath path] => GetField(path);

    public static bool operator ==(HoconObject? left, HoconObject? right) => Equals(left, right);

    public static bool operator !=(HoconObject? left, HoconObject? right) => !Equals(left, right);

    public HoconObject GetObject() => this;

    public string GetString() => throw NodeJoin.Unexpected(ModelTree.ToNode(this), "a string, number or boolean");

    /// <summary>The values of keys 0, 1, 2 ... as a list.</summary>
    public IList<HoconValue> GetArray() => TryGetArray(out var result) ? result : throw NodeJoin.Unexpected(ModelTree.ToNode(this), "an array");

    public bool TryGetArray([NotNullWhen(true)] out List<HoconValue>? result)
    {
        result = Conversion.Conversions.Items(ModelTree.ToNode(this))?.ConvertAll(v => ModelTree.ToValue(v, this));
        return result is not null;
    }

    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    public HoconField GetField(string key) => TryGetField(key, out var field) ? field : throw Missing(key);

    /// <inheritdoc cref="GetField(string)"/>
    public HoconField GetField(HoconPath path) => TryGetField(path, out var field) ? field : throw Missing(path.Value);

    /// <inheritdoc cref="GetField(string)"/>
    public HoconValue GetValue(HoconPath path) => GetField(path).Value;

    /// <inheritdoc cref="GetField(string)"/>
    public HoconObject GetObject(string key) => GetField(key).GetObject();

    public bool TryGetField(string key, [NotNullWhen(true)] out HoconField? result) => TryGetValue(key, out result);

    public bool TryGetField(HoconPath path, [NotNullWhen(true)] out HoconField? result)
    {
        ArgumentNullException.ThrowIfNull(path);
        result = null;
        var current = this;
        for (var i = 0; i < path.Count; i++)
        {
            if (current is null || !current.TryGetValue(path[i], out result))
            {
                result = null;
                return false;
            }

            if (i < path.Count - 1)
            {
                result.Value.TryGetObject(out current);
            }
        }

        return result is not null;
    }

    public bool TryGetValue(HoconPath path, [NotNullWhen(true)] out HoconValue? result)
    {
        result = TryGetField(path, out var field) ? field.Value : null;
        return result is not null;
    }

    public bool TryGetObject(string key, [NotNullWhen(true)] out HoconObject? result)
    {
        result = null;
        return TryGetValue(key, out var field) && field.Value.TryGetObject(out result);
    }

    /// <summary>Puts the keys of another object over these; where both have objects, they are merged.</summary>
    public virtual void Merge(HoconObject other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var field in other.Values)
        {
            if (TryGetValue(field.Key, out var existing) && existing.Value.TryGetObject(out var below) && field.Value.TryGetObject(out var above))
            {
                below.Merge(above);
                existing.SetValue(ModelTree.Wrap(below, existing));
            }
            else
            {
                base[field.Key] = (HoconField)field.Clone(this);
            }
        }
    }

    /// <summary>Puts the keys of another object behind these: they count where there is nothing yet.</summary>
    public void FallbackMerge(HoconObject other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var field in other.Values)
        {
            if (!TryGetValue(field.Key, out var existing))
            {
                base[field.Key] = (HoconField)field.Clone(this);
            }
            else if (existing.Value.TryGetObject(out var above) && field.Value.TryGetObject(out var below))
            {
                above.FallbackMerge(below);
                existing.SetValue(ModelTree.Wrap(above, existing));
            }
        }
    }

    public IHoconElement Clone(IHoconElement? newParent)
    {
        var clone = new HoconObject(newParent);
        foreach (var field in Values)
        {
            clone.Add(field.Key, (HoconField)field.Clone(clone));
        }

        return clone;
    }

    public bool Equals(IHoconElement? other) => ElementEquality.Equal(this, other);

    public override bool Equals(object? obj) => obj is IHoconElement element && Equals(element);

    public override int GetHashCode() => ElementEquality.Hash(this);

    public override string ToString() => ToString(0, 2);

    public string ToString(int indent, int indentSize) => NodeRenderer.RenderValue(ModelTree.ToNode(this), indent, indentSize);

    private static object? Unwrap(HoconValue value) => value.Type switch
    {
        HoconType.Object => value.GetObject().Unwrapped,
        HoconType.Array => value.GetArray().Select(Unwrap).ToList(),
        _ => value.GetString(),
    };

    private KeyNotFoundException Missing(string path) =>
        new($"There is no '{path}' in {(Path.IsEmpty ? "the root object" : $"'{Path}'")}, expected one of: {string.Join(", ", Keys)}");
}

/// <summary>Objects of the same key, the later over the earlier.</summary>
public sealed class HoconMergedObject : HoconObject
{
    public HoconMergedObject(IHoconElement? parent, List<HoconObject> objects)
        : base(parent)
    {
        Objects = objects;
        foreach (var other in objects)
        {
            base.Merge(other);
        }
    }

    public List<HoconObject> Objects { get; }

    public override void Merge(HoconObject other)
    {
        Objects.Add(other);
        base.Merge(other);
    }
}
