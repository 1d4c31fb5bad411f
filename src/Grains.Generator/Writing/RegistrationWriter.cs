namespace Actors.Grains.Generator;

/// <summary>Writes the code that registers the grains of an assembly when its first code runs.</summary>
internal static class RegistrationWriter
{
    private const string Registry = "global::Actors.Grains.Calls.GrainRegistry";

    public static string Write(string name, IEnumerable<string> proxies, IEnumerable<ClassModel> classes)
    {
        var lines = Lines.Start()
            .Open($"namespace {Names.Root}")
            .Add("/// <summary>Registers the grains of this assembly.</summary>")
            .Open($"internal static class {name}")
            .Add("[global::System.Runtime.CompilerServices.ModuleInitializer]")
            .Open("internal static void Run()");
        foreach (var proxy in proxies) lines.Add($"{Registry}.Add({proxy}.Description);");
        foreach (var grain in classes) Class(lines, grain);
        return lines.Close().Close().Close().ToString();
    }

    private static void Class(Lines lines, ClassModel grain)
    {
        var flags = new List<string>();
        if (grain.IsReentrant) flags.Add("IsReentrant = true");
        if (grain.StatelessWorkers is { } most) flags.Add($"StatelessWorkers = {most}");
        if (grain.HasState) flags.Add("HasState = true");
        var initializer = flags.Count == 0 ? "" : $" {{ {string.Join(", ", flags)} }}";
        lines.Add($"{Registry}.Add(new global::Actors.Grains.Calls.GrainClass(typeof({grain.Type}), typeof({grain.Interface}), static parts => new {grain.Type}({string.Join(", ", grain.Arguments)})){initializer});");
    }
}
