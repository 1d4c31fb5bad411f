using System.Reflection;
using System.Runtime.Loader;
using Actors.Grains;
using Actors.Grains.Calls;

namespace Actors.Host.Grains;

/// <summary>
/// Loads assemblies of grains. What the grains share with the host, Actors.Grains and all that it shows, is the host's; everything else
/// that an assembly depends on is its own, found beside it.
/// </summary>
internal sealed class GrainAssemblies() : AssemblyLoadContext("grains")
{
    // Used inside of Actors.Grains only, so that grains may bring versions of their own.
    private static readonly string[] s_hidden = ["Microsoft.Data.Sqlite", "Npgsql"];

    private static readonly Lazy<IReadOnlyDictionary<string, Version>> s_shared = new(FindShared);

    private readonly List<AssemblyDependencyResolver> _resolvers = [];
    private readonly HashSet<Assembly> _loaded = [];

    /// <summary>Loads an assembly and finds its classes of grains, in order of their names, and what adds their services.</summary>
    /// <param name="file">The full path; the file exists.</param>
    /// <param name="fault">What is wrong with it and what was expected; null when nothing is.</param>
    /// <returns>Empty when there is a fault.</returns>
    public (IReadOnlyList<GrainClass> Classes, IReadOnlyList<IGrainsStartup> Startups) Load(string file, out string? fault)
    {
        try
        {
            _resolvers.Add(new AssemblyDependencyResolver(file));
            var assembly = LoadFromAssemblyPath(file);
            if (!_loaded.Add(assembly))
            {
                fault = "is there already: expected each assembly once";
                return ([], []);
            }
            fault = FaultOf(assembly);
            if (fault is not null) return ([], []);
            var classes = GrainRegistry.ClassesOf(assembly);
            if (classes.Count == 0) fault = "has no class of grains: expected one that implements an interface with [Grain(\"...\")], in a project that refers to the package Actors.Grains";
            return (classes, [.. StartupsOf(assembly)]);
        }
        catch (BadImageFormatException)
        {
            fault = "is no .NET assembly: expected the .dll that a project of grains builds";
        }
        catch (Exception cause) when (cause is IOException or TypeLoadException or UnauthorizedAccessException or TypeInitializationException or InvalidOperationException or MissingMemberException)
        {
            fault = $"cannot be loaded: {(cause is TypeInitializationException { InnerException: { } inner } ? inner : cause).Message.ReplaceLineEndings(" ")}";
        }
        return ([], []);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (s_shared.Value.ContainsKey(assemblyName.Name!)) return null;
        var path = _resolvers.Select(resolver => resolver.ResolveAssemblyToPath(assemblyName)).FirstOrDefault(found => found is not null);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        var path = _resolvers.Select(resolver => resolver.ResolveUnmanagedDllToPath(unmanagedDllName)).FirstOrDefault(found => found is not null);
        return path is null ? 0 : LoadUnmanagedDllFromPath(path);
    }

    private static IEnumerable<IGrainsStartup> StartupsOf(Assembly assembly)
    {
        foreach (var type in assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IGrainsStartup))))
        {
            if (type.GetConstructor([]) is not { } constructor) throw new MissingMemberException($"{type} implements {nameof(IGrainsStartup)} and has no public constructor without parameters");
            IGrainsStartup startup;
            try
            {
                startup = (IGrainsStartup)constructor.Invoke([]);
            }
            catch (TargetInvocationException thrown)
            {
                throw new InvalidOperationException($"the constructor of {type} failed: {thrown.InnerException!.Message}", thrown.InnerException);
            }
            yield return startup;
        }
    }

    /// <summary>What the assembly was built for that this host has otherwise.</summary>
    private static string? FaultOf(Assembly assembly)
    {
        var grains = typeof(Grain).Assembly.GetName();
        foreach (var needed in assembly.GetReferencedAssemblies())
        {
            if (!s_shared.Value.TryGetValue(needed.Name!, out var here)) continue;
            // What code was generated for is told by major and minor; anything else that is shared only must not be older.
            var fits = needed.Name == grains.Name ? (needed.Version!.Major, needed.Version.Minor) == (here.Major, here.Minor) : needed.Version <= here;
            if (!fits) return $"was built for {needed.Name} {needed.Version}, and this host has {here}: expected an assembly that was built for that";
        }
        return null;
    }

    private static IReadOnlyDictionary<string, Version> FindShared()
    {
        var shared = new Dictionary<string, Version>(StringComparer.OrdinalIgnoreCase);
        Add(typeof(Grain).Assembly);
        // What grains have from the host besides.
        Add(typeof(Microsoft.Extensions.DependencyInjection.IServiceCollection).Assembly);
        return shared;

        void Add(Assembly assembly)
        {
            var name = assembly.GetName();
            if (!shared.TryAdd(name.Name!, name.Version!)) return;
            foreach (var needed in assembly.GetReferencedAssemblies().Where(needed => !s_hidden.Contains(needed.Name)))
            {
                try
                {
                    Add(Default.LoadFromAssemblyName(needed));
                }
                catch (IOException)
                {
                    // A part of some package that only others than this host need.
                }
            }
        }
    }
}
