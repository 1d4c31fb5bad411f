using Akka.Configuration.Hocon;
using global::Hocon.Conversion;
using global::Hocon.Syntax;

namespace Akka.Configuration;

/// <summary>
/// Values at paths such as <c>akka.actor.ask-timeout</c>, read from a HOCON text, with other configurations behind it
/// for what it does not say. A key that holds a dot is written in quotes: <c>a."b.c"</c>.
/// </summary>
/// <remarks>
/// Immutable and safe to use from any thread: all that is behind it is merged once, when it is first read, and
/// objects that do not overlap are shared between configurations. Getters give their default where there is no value
/// (or null), and throw a <see cref="ConfigurationException"/> naming path, place, value and expected type where the
/// value has another type.
/// </remarks>
public class Config
{
    public static readonly Config Empty = new();

    private readonly Node _own;
    private HoconValue? _root;
    private Node? _effective;

    public Config()
        : this(new ObjectNode(default), null)
    {
    }

    /// <summary>Takes a snapshot of the values under <paramref name="root"/>.</summary>
    /// <exception cref="ArgumentNullException">There is no root or no value in it.</exception>
    public Config(HoconRoot root)
        : this(HoconTree.ToNode((root ?? throw new ArgumentNullException(nameof(root))).Value ?? throw new ArgumentNullException(nameof(root), "The root value cannot be null.")), null)
    {
        _root = root.Value;
        Substitutions = root.Substitutions;
    }

    public Config(Config source, Config? fallback)
        : this((source ?? throw new ArgumentNullException(nameof(source)))._own, fallback)
    {
        _root = source._root;
        Substitutions = source.Substitutions;
    }

    internal Config(Node own, Config? fallback)
    {
        _own = own;
        Fallback = fallback;
    }

    /// <summary>What is behind this configuration.</summary>
    public Config? Fallback { get; }

    /// <summary>Whether there is no value in it, fallbacks included.</summary>
    public virtual bool IsEmpty => Effective is ObjectNode { Fields.Count: 0 };

    /// <summary>The values of this configuration without its fallbacks.</summary>
    public virtual HoconValue Root => _root ??= HoconTree.ToValue(_own);

    /// <summary>The substitutions of the text, each with the value that took its place.</summary>
    public IEnumerable<HoconSubstitution> Substitutions { get; set; } = [];

    /// <summary>The tree of all layers.</summary>
    internal Node Effective => _effective ??= Merge();

    public static Config operator +(Config config, string fallback) =>
        (config ?? throw new ArgumentNullException(nameof(config))).WithFallback(ConfigurationFactory.ParseString(fallback));

    public static Config operator +(string configHocon, Config fallbackConfig) =>
        ConfigurationFactory.ParseString(configHocon).WithFallback(fallbackConfig);

    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

    public virtual bool GetBoolean(string path, bool @default = false) => ConfigReader.Read(GetNode(path), path, Conversions.Boolean, @default);

    public virtual int GetInt(string path, int @default = 0) => ConfigReader.Read(GetNode(path), path, Conversions.Int32, @default);

    public virtual long GetLong(string path, long @default = 0) => ConfigReader.Read(GetNode(path), path, Conversions.Int64, @default);

    public virtual float GetFloat(string path, float @default = 0) => ConfigReader.Read(GetNode(path), path, Conversions.Single, @default);

    public virtual double GetDouble(string path, double @default = 0) => ConfigReader.Read(GetNode(path), path, Conversions.Double, @default);

    public virtual decimal GetDecimal(string path, decimal @default = 0) => ConfigReader.Read(GetNode(path), path, Conversions.Decimal, @default);

    public virtual string? GetString(string path, string? @default = null) => ConfigReader.Read(GetNode(path), path, Conversions.String!, @default);

    /// <summary>A size in bytes, as in <c>128 KiB</c>; null where there is none.</summary>
    public virtual long? GetByteSize(string path) => GetByteSize(path, null);

    /// <inheritdoc cref="GetByteSize(string)"/>
    public virtual long? GetByteSize(string path, long? def = null)
    {
        var node = GetNode(path);
        return ConfigReader.IsNothing(node) ? def : ConfigReader.Read(node!, path, Conversions.ByteSize);
    }

    /// <summary>
    /// A duration, as in <c>10 ms</c>; milliseconds without a unit. <c>infinite</c> is
    /// <see cref="Timeout.InfiniteTimeSpan"/>, and an error where <paramref name="allowInfinite"/> is false.
    /// </summary>
    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        ConfigReader.Read(GetNode(path), path, allowInfinite ? Conversions.Duration : Conversions.FiniteDuration, @default ?? default);

    public virtual IList<bool> GetBooleanList(string path) => ConfigReader.ReadList(GetNode(path), path, Conversions.Boolean);

    public virtual IList<byte> GetByteList(string path) => ConfigReader.ReadList(GetNode(path), path, Conversions.Byte);

    public virtual IList<int> GetIntList(string path) => ConfigReader.ReadList(GetNode(path), path, Conversions.Int32);

    public virtual IList<long> GetLongList(string path) => ConfigReader.ReadList(GetNode(path), path, Conversions.Int64);

    public virtual IList<float> GetFloatList(string path) => ConfigReader.ReadList(GetNode(path), path, Conversions.Single);

    public virtual IList<double> GetDoubleList(string path) => ConfigReader.ReadList(GetNode(path), path, Conversions.Double);

    public virtual IList<decimal> GetDecimalList(string path) => ConfigReader.ReadList(GetNode(path), path, Conversions.Decimal);

    public virtual IList<string> GetStringList(string path) => ConfigReader.ReadList(GetNode(path), path, Conversions.String);

    public virtual IList<string> GetStringList(string path, string[] defaultPaths) => ConfigReader.ReadList(GetNode(path), path, Conversions.String, defaultPaths);

    /// <summary>The object at a path as a configuration of its own, fallbacks included; null where there is none.</summary>
    public virtual Config? GetConfig(string path) =>
        ConfigReader.ReadObject(GetNode(path), path) is { } found ? new Config(found, null) : null;

    /// <summary>The value at a path; null where there is none.</summary>
    public HoconValue? GetValue(string path) => GetNode(path) is { } node ? HoconTree.ToValue(node) : null;

    /// <summary>Whether there is a value other than null at a path.</summary>
    public virtual bool HasPath(string path) => !ConfigReader.IsNothing(GetNode(path));

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

        return IsEmpty ? fallback : Copy(fallback);
    }

    /// <summary>The top-level keys with their values, fallbacks included.</summary>
    public virtual IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable()
    {
        if (Effective is ObjectNode fields)
        {
            foreach (var field in fields.Fields)
            {
                yield return KeyValuePair.Create(field.Key, HoconTree.ToValue(field.Value));
            }
        }
    }

    /// <summary>This configuration without its fallbacks, as HOCON.</summary>
    public override string ToString() => ToString(false);

    public string ToString(bool includeFallback) => Render(includeFallback ? Effective : _own);

    /// <summary>This configuration with another one behind all that is already behind it.</summary>
    protected Config Copy(Config? fallback = null) =>
        new(this, Fallback is null ? fallback : fallback is null ? Fallback : Fallback.WithFallback(fallback));

    private static string Render(Node node) => node is ObjectNode { Fields.Count: 0 } ? "" : NodeRenderer.Render(node);

    private Node Merge() =>
        Fallback?.Effective is ObjectNode below && _own is ObjectNode above ? ObjectMerge.Merge(below, above) : _own;

    private Node? GetNode(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var elements = PathExpression.TryParse(path, out var error)
            ?? throw new ConfigurationException(char.ToUpperInvariant(error![0]) + error[1..]);
        var node = Effective;
        foreach (var element in elements)
        {
            if (node is not ObjectNode fields || !fields.TryGet(element, out var field))
            {
                return null;
            }

            node = field.Value;
        }

        return node;
    }
}
