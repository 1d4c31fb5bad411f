using System.Diagnostics.CodeAnalysis;
using System.Runtime.Serialization;
using Actors.Hocon.Syntax;

namespace Actors.Hocon;

/// <summary>
/// Values at paths such as <c>server.port</c>, with other configurations behind them for what is missing. What is
/// behind is merged once, when it is first read.
/// </summary>
public class Config : HoconRoot, ISerializable, IEquatable<Config>
{
    private const string SerializedText = "hocon";

    private HoconValue? _effective;

    public Config(HoconRoot root)
        : this((root ?? throw new ArgumentNullException(nameof(root))).OwnValue, [], root.Substitutions)
    {
        if (root is Config layered)
        {
            _fallbacks.AddRange(layered._fallbacks);
        }
    }

    public Config(HoconRoot root, Config? fallback)
        : this(root)
    {
        if (fallback is not null)
        {
            _fallbacks.Add(fallback.Root);
            _fallbacks.AddRange(fallback._fallbacks);
        }
    }

    public Config(SerializationInfo info, StreamingContext context)
        : this(HoconParser.Parse((info ?? throw new ArgumentNullException(nameof(info))).GetString(SerializedText) ?? ""))
    {
    }

    protected Config()
        : this(ModelTree.ToValue(new ObjectNode(default), null), null)
    {
    }

    protected Config(HoconValue value)
        : this(value, null)
    {
    }

    protected Config(HoconValue value, Config? fallback)
        : this(new HoconRoot(value), fallback)
    {
    }

    private Config(HoconValue value, List<HoconValue> fallbacks, IEnumerable<HoconSubstitution> substitutions)
        : base(value, substitutions) => _fallbacks = fallbacks;

    public static Config Empty { get; } = new();

    /// <summary>The values of this configuration, without what is behind it.</summary>
    public HoconValue Root => _internalValue;

    /// <summary>What is behind it, the first to be asked first.</summary>
    public virtual IReadOnlyList<HoconValue> Fallbacks => _fallbacks;

    /// <summary>Whether there is no value in it, fallbacks included.</summary>
    public virtual bool IsEmpty => Value.Type == HoconType.Empty || (Value.TryGetObject(out var fields) && fields.IsEmpty);

    /// <summary>The values with all that is behind them.</summary>
    public override HoconValue Value
    {
        get => _effective ??= Merge();
        protected set
        {
            _internalValue = value;
            _effective = null;
        }
    }

    internal override HoconValue OwnValue => Root;

    protected List<HoconValue> _fallbacks { get; }

    public static Config operator +(Config config, string fallback) =>
        (config ?? throw new ArgumentNullException(nameof(config))).WithFallback(HoconConfigurationFactory.ParseString(fallback));

    public static Config operator +(string configHocon, Config fallbackConfig) =>
        HoconConfigurationFactory.ParseString(configHocon).WithFallback(fallbackConfig);

    public static implicit operator Config(string str) => HoconConfigurationFactory.ParseString(str);

    /// <summary>The object at a path as a configuration of its own; null where there is none.</summary>
    public virtual Config? GetConfig(string path) => GetConfig(HoconPath.Parse(path));

    /// <inheritdoc cref="GetConfig(string)"/>
    /// <exception cref="HoconValueException">The value at the path is not an object.</exception>
    public virtual Config? GetConfig(HoconPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!TryGetNode(path, out var value) || value.Type == HoconType.Empty)
        {
            return null;
        }

        return new Config(WrapWithValueException(path, () => ModelTree.Wrap(value.GetObject(), value)), null);
    }

    /// <summary>A configuration that answers from this one first and from <paramref name="fallback"/> for what is missing.</summary>
    /// <exception cref="ArgumentException">A configuration cannot be its own fallback.</exception>
    public virtual Config WithFallback(Config? fallback)
    {
        if (ReferenceEquals(fallback, this))
        {
            throw new ArgumentException("A configuration cannot have itself as its fallback.", nameof(fallback));
        }

        if (fallback is null || fallback.IsEmpty)
        {
            return this;
        }

        return IsEmpty ? fallback : new Config(this, fallback);
    }

    public override IEnumerable<KeyValuePair<string, HoconField>> AsEnumerable() => base.AsEnumerable();

    public string ToString(bool useFallbackValues) => useFallbackValues ? PrettyPrint(2) : new HoconRoot(Root).PrettyPrint(2);

    public virtual bool Equals(Config? other) => other is not null && Value.Equals(other.Value);

    public override bool Equals(object? obj) => Equals(obj as Config);

    public override int GetHashCode() => base.GetHashCode();

    public void GetObjectData(SerializationInfo info, StreamingContext context)
    {
        ArgumentNullException.ThrowIfNull(info);
        info.AddValue(SerializedText, ToString(true));
    }

    protected override HoconValue GetNode(HoconPath path) => base.GetNode(path);

    protected override bool TryGetNode(HoconPath path, [NotNullWhen(true)] out HoconValue? result) => base.TryGetNode(path, out result);

    private HoconValue Merge()
    {
        if (_fallbacks.Count == 0)
        {
            return Root;
        }

        // From the last to the first: what a layer hides of those behind it must stay hidden for those before it.
        Node? merged = null;
        foreach (var layer in _fallbacks.Prepend(Root).Reverse())
        {
            var above = ModelTree.ToNode(layer);
            merged = (merged, above) switch
            {
                (ObjectNode below, ObjectNode over) => ObjectMerge.Merge(below, over),
                (_, null) => merged,
                _ => above,
            };
        }

        return merged is null ? Root : ModelTree.ToValue(merged, null);
    }
}
