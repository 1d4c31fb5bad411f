using Actors.Grains;
using Actors.Grains.Calls;
using Actors.Hocon;
using Actors.Hosting.Configuration;

namespace Actors.Host.Grains;

/// <summary>Reads <c>grains.assemblies</c>.</summary>
internal static class AssembliesReader
{
    /// <summary>Loads the assemblies. Mistakes are noted.</summary>
    public static LoadedGrains Read(Section grains, ConfigFile file)
    {
        var found = new List<(GrainClass Class, string File)>();
        var startups = new List<(IGrainsStartup Startup, string File)>();
        if (grains.Get<IReadOnlyList<string>>(GrainsKeys.Assemblies).Count == 0) return new LoadedGrains([], []);
        var value = file.Root.FieldAt(ConfigPath.Format(GrainsKeys.Grains.Name, GrainsKeys.Assemblies.Name))!.Value;
        var context = new GrainAssemblies();
        foreach (var item in value is ConfigArray list ? list.Items : [value])
        {
            var name = ((ConfigScalar)item).Text;
            void Fault(string fault) => grains.Fault(GrainsKeys.Assemblies.Name, $"\"{name}\" {fault}", item.Origin);

            if (name.Length == 0)
            {
                Fault("is empty: expected the file of an assembly");
                continue;
            }
            var places = Places(name, item.Origin);
            if (places.FirstOrDefault(File.Exists) is not { } path)
            {
                Fault($"does not exist: expected an assembly, and there is no {string.Join(" and no ", places)}");
                continue;
            }
            var (classes, ofServices) = context.Load(path, out var fault);
            startups.AddRange(ofServices.Select(one => (one, name)));
            if (fault is not null) Fault(fault);
            foreach (var one in classes)
            {
                var kind = GrainRegistry.FindInterface(one.Interface)!.Kind;
                if (found.Find(other => GrainRegistry.FindInterface(other.Class.Interface)!.Kind == kind) is { Class: not null } other)
                    Fault($"has the kind \"{kind}\", {one.Type}, which {(other.File == name ? "is" : $"\"{other.File}\" has as")} {other.Class.Type} already: expected one class for a kind");
                else
                    found.Add((one, name));
            }
        }
        return new LoadedGrains(found, startups);
    }

    /// <summary>Where the file may be: beside the configuration that names it, or beside the program, whose samples are there.</summary>
    private static List<string> Places(string name, Origin origin)
    {
        var folder = ConfigFile.IsOverride(origin) || origin.Source is null ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(origin.Source))!;
        return [.. new[] { Path.GetFullPath(name, folder), Path.GetFullPath(name, AppContext.BaseDirectory) }.Distinct()];
    }
}
