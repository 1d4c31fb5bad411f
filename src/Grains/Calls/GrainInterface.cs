using System.Collections.Frozen;

namespace Actors.Grains.Calls;

/// <summary>An interface of grains. Made by generated code.</summary>
public sealed class GrainInterface
{
    private readonly FrozenDictionary<string, GrainMethod> _byName;

    /// <summary>Describes an interface.</summary>
    /// <param name="kind">See <see cref="GrainAttribute"/>.</param>
    /// <param name="type">The interface.</param>
    /// <param name="newProxy">Makes a reference to a grain, which implements the interface.</param>
    /// <param name="methods">The interface's methods and those that it inherits, in the order of the source.</param>
    public GrainInterface(string kind, Type type, Func<GrainReference, object> newProxy, params GrainMethod[] methods)
    {
        Kind = kind;
        Type = type;
        NewProxy = newProxy;
        Methods = methods;
        _byName = methods.ToFrozenDictionary(method => method.Name);
    }

    /// <summary>The kind.</summary>
    public string Kind { get; }

    /// <summary>The interface.</summary>
    public Type Type { get; }

    /// <summary>The methods, in the order of the source.</summary>
    public IReadOnlyList<GrainMethod> Methods { get; }

    internal Func<GrainReference, object> NewProxy { get; }

    internal GrainMethod? Find(string name) => _byName.GetValueOrDefault(name);
}
