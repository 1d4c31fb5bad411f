namespace Actors.Hocon;

/// <summary>A resolved value: a <see cref="ConfigObject"/>, a <see cref="ConfigArray"/> or a <see cref="ConfigScalar"/>. It never changes.</summary>
public abstract class ConfigValue
{
    private protected ConfigValue(Origin origin) => Origin = origin;

    /// <summary>The place where this value is written. For <c>${path}</c>, that is the place of the value at the path.</summary>
    public Origin Origin { get; }

    /// <summary>
    /// The values of an array, or of an object whose keys are whole numbers, in the order of the numbers (its other keys
    /// are passed over). Null for everything else.
    /// </summary>
    public abstract IReadOnlyList<ConfigValue>? Items { get; }

    /// <summary>Whether this is <c>null</c>.</summary>
    public bool IsNull => this is ConfigScalar { Kind: ScalarKind.Null };

    /// <summary>The value as an error message names it.</summary>
    internal abstract string Describe();
}
