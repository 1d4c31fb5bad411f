namespace Actors.Hocon;

/// <summary>A list of values.</summary>
public sealed class ConfigArray : ConfigValue
{
    internal ConfigArray(Origin origin, IReadOnlyList<ConfigValue> items)
        : base(origin) => Items = items;

    /// <summary>The values, in order.</summary>
    public override IReadOnlyList<ConfigValue> Items { get; }

    internal override string Describe() => "an array";
}
