using System.Diagnostics.CodeAnalysis;
using Actors.Hocon.Conversion;
using Actors.Hocon.Syntax;

namespace Actors.Hocon;

/// <summary>The root of a parsed text.</summary>
public partial class HoconRoot : IEquatable<HoconRoot>
{
    protected HoconValue _internalValue;

    public HoconRoot(HoconValue value)
        : this(value, [])
    {
    }

    public HoconRoot(HoconValue value, IEnumerable<HoconSubstitution> substitutions)
    {
        _internalValue = value;
        Substitutions = substitutions;
    }

    protected HoconRoot()
        : this(new HoconEmptyValue())
    {
    }

    public virtual HoconValue Value
    {
        get => _internalValue;
        protected set => _internalValue = value;
    }

    /// <summary>The substitutions of the text, each with the value that took its place.</summary>
    public IEnumerable<HoconSubstitution> Substitutions { get; }

    /// <summary>The value without what may be layered behind it.</summary>
    internal virtual HoconValue OwnValue => Value;

    /// <exception cref="HoconValueException">There is no value at the path.</exception>
    public virtual HoconValue GetValue(string path) => Required(path);

    /// <inheritdoc cref="GetValue(string)"/>
    public virtual HoconValue GetValue(HoconPath path) => Required(path);

    public virtual bool TryGetValue(string path, [NotNullWhen(true)] out HoconValue? result) => TryGetNode(path, out result);

    public virtual bool TryGetValue(HoconPath path, [NotNullWhen(true)] out HoconValue? result) => TryGetNode(path, out result);

    public virtual bool HasPath(string path) => TryGetNode(path, out _);

    public virtual bool HasPath(HoconPath path) => TryGetNode(path, out _);

    /// <summary>The top-level fields.</summary>
    public virtual IEnumerable<KeyValuePair<string, HoconField>> AsEnumerable() =>
        Value.TryGetObject(out var fields) ? fields : [];

    /// <summary>The same document with every value in one piece: objects merged, concatenations joined, substitutions replaced.</summary>
    public HoconRoot Normalize()
    {
        if (ModelTree.ToNode(Value) is { } node)
        {
            _internalValue = ModelTree.ToValue(node, null);
        }

        return this;
    }

    public string PrettyPrint(int indentSize) => ModelTree.ToNode(Value) is { } node ? NodeRenderer.Render(node, indentSize) : "";

    public bool Equals(HoconRoot? other) => other is not null && Value.Equals(other.Value);

    public override bool Equals(object? obj) => Equals(obj as HoconRoot);

    public override int GetHashCode() => Value.GetHashCode();

    public override string ToString() => PrettyPrint(2);

    protected virtual HoconValue GetNode(string path) => GetNode(HoconPath.Parse(path));

    /// <exception cref="HoconException">There is no value at the path.</exception>
    protected virtual HoconValue GetNode(HoconPath path) =>
        TryGetNode(path, out var value) ? value : throw new HoconException($"There is no value at the path {path}.");

    protected virtual bool TryGetNode(string path, [NotNullWhen(true)] out HoconValue? result) => TryGetNode(ParsePath(path), out result);

    protected virtual bool TryGetNode(HoconPath path, [NotNullWhen(true)] out HoconValue? result)
    {
        result = null;
        return Value.TryGetObject(out var fields) && fields.TryGetValue(path, out result);
    }

    /// <summary>Runs a getter, and puts the path into its error.</summary>
    protected T WrapWithValueException<T>(string path, Func<T> func)
    {
        ArgumentNullException.ThrowIfNull(func);
        try
        {
            return func();
        }
        catch (Exception e) when (e is not HoconValueException)
        {
            throw Failed(path, e);
        }
    }

    /// <inheritdoc cref="WrapWithValueException{T}(string, Func{T})"/>
    protected T WrapWithValueException<T>(HoconPath path, Func<T> func)
    {
        ArgumentNullException.ThrowIfNull(path);
        return WrapWithValueException(path.Value, func);
    }

    private static HoconValueException Failed(string path, Exception error) => new($"{path}: {error.Message}", path, error);

    private static T Wrapped<T>(string path, HoconValue value, Func<HoconValue, T> get)
    {
        try
        {
            return get(value);
        }
        catch (HoconException e)
        {
            throw Failed(path, e);
        }
    }

    private static HoconPath ParsePath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new HoconPath(PathExpression.TryParse(path, out var error) ?? throw Failed(path, new HoconException(error!)));
    }

    /// <summary>A missing value and null give way to a default.</summary>
    private HoconValue? Find(string path) => TryGetNode(path, out var value) && value.Type != HoconType.Empty ? value : null;

    private HoconValue? Find(HoconPath path) => TryGetNode(path, out var value) && value.Type != HoconType.Empty ? value : null;

    private HoconValue Required(string path) => TryGetNode(path, out var value) ? value : throw Missing(path);

    private HoconValue Required(HoconPath path) => TryGetNode(path, out var value) ? value : throw Missing(path.Value);

    private static HoconValueException Missing(string path) => Failed(path, new HoconException("Found no value at this path, expected one."));

    private T Read<T>(string path, Conversion<T> conversion) => Wrapped(path, Required(path), conversion.Get);

    private T Read<T>(HoconPath path, Conversion<T> conversion) => Wrapped(path.Value, Required(path), conversion.Get);

    private T Read<T>(string path, Conversion<T> conversion, T @default) => Find(path) is { } value ? Wrapped(path, value, conversion.Get) : @default;

    private T Read<T>(HoconPath path, Conversion<T> conversion, T @default) => Find(path) is { } value ? Wrapped(path.Value, value, conversion.Get) : @default;

    private IList<T> ReadList<T>(string path, Conversion<T> conversion) => Wrapped(path, Required(path), conversion.GetList);

    private IList<T> ReadList<T>(HoconPath path, Conversion<T> conversion) => Wrapped(path.Value, Required(path), conversion.GetList);

    private IList<T> ReadList<T>(string path, Conversion<T> conversion, IList<T> @default) =>
        Find(path) is { } value ? Wrapped(path, value, conversion.GetList) : @default;

    private IList<T> ReadList<T>(HoconPath path, Conversion<T> conversion, IList<T> @default) =>
        Find(path) is { } value ? Wrapped(path.Value, value, conversion.GetList) : @default;
}
