using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Actors.Grains.Calls;

/// <summary>The grain interfaces and classes of the loaded assemblies. Generated code adds them when their assembly is first used.</summary>
public static class GrainRegistry
{
    private static readonly ConcurrentDictionary<Type, GrainInterface> s_interfaces = new();
    private static readonly ConcurrentDictionary<Type, GrainClass> s_classes = new();

    /// <summary>Adds an interface.</summary>
    public static void Add(GrainInterface added) => s_interfaces[added.Type] = added;

    /// <summary>Adds a class.</summary>
    public static void Add(GrainClass added) => s_classes[added.Type] = added;

    /// <summary>The interface of a type; null when it has no <see cref="GrainAttribute"/>, or its project was built without the generator.</summary>
    internal static GrainInterface? FindInterface(Type type) => Find(s_interfaces, type);

    /// <summary>The class of a type; null when it is no grain, or its project was built without the generator.</summary>
    internal static GrainClass? FindClass(Type type) => Find(s_classes, type);

    /// <summary>The grain classes of an assembly, in order of their names.</summary>
    internal static IReadOnlyList<GrainClass> ClassesOf(Assembly assembly)
    {
        RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle);
        return [.. s_classes.Values.Where(known => known.Type.Assembly == assembly).OrderBy(known => known.Type.FullName, StringComparer.Ordinal)];
    }

    private static T? Find<T>(ConcurrentDictionary<Type, T> known, Type type) where T : class
    {
        if (known.TryGetValue(type, out var found)) return found;
        // The assembly may be loaded and none of its code run yet.
        RuntimeHelpers.RunModuleConstructor(type.Module.ModuleHandle);
        return known.GetValueOrDefault(type);
    }
}
