using Actors.Grains.Clustering;
using Akka.Configuration;

namespace Actors.Grains.Serialization;

/// <summary>The types that may cross between nodes as JSON, each under the exact name that the configuration gives it.</summary>
internal sealed class AllowedTypes
{
    public const string Path = "grains.cluster.allowed-types";

    private readonly Dictionary<string, Type> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, string> _names = [];

    /// <exception cref="ClusterSettingsException">A name is that of no type.</exception>
    public AllowedTypes(Config config)
    {
        foreach (var name in config.GetStringList(Path, []))
        {
            // The name is the operator's. Nothing that a peer sends is ever looked up but in this list.
            var type = Type.GetType(name, throwOnError: false) ??
                throw new ClusterSettingsException("allowed-types", $"has \"{name}\", which is no type that this process has: expected \"Namespace.Type, Assembly\"");
            _types[NameOf(type)] = type;
            _names[type] = NameOf(type);
        }
    }

    /// <summary>The type of a name, or null when it is not in the list.</summary>
    public Type? Find(string name) => _types.GetValueOrDefault(name);

    /// <summary>The name of a type, or null when it is not in the list. A type that derives from one of the list is not in it.</summary>
    public string? Find(Type type) => _names.GetValueOrDefault(type);

    /// <summary>The name by which a type is listed and sent.</summary>
    public static string NameOf(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";
}
