using Actors.Hocon;
using Akka.Configuration;

namespace Actors.Hosting.Configuration;

/// <summary>Checks the section <c>akka</c> against the keys that Akka knows and the types of their values.</summary>
internal static class AkkaSection
{
    private const string Package = "Akka";

    // A misspelling has so many wrong letters at most, and fewer in a short word; what is further away may be a key of some extension.
    private const int MostWrongLetters = 2;

    // Parts of Akka that are packages of their own.
    private static readonly HashSet<string> s_modules = ["cluster", "remote", "persistence", "stream", "test", "discovery", "management", "coordination", "hosting", "dependency-injection", "healthcheck", "quartz"];

    private static readonly string[] s_ofTheWheel = ["tick-duration", "ticks-per-wheel"];

    /// <param name="akka">The section.</param>
    /// <param name="modules">The default configuration of the modules that the program has besides Akka itself; null for none.</param>
    public static void Check(Section akka, Config? modules) => Check(akka, AkkaKeys.Root, modules is null ? new Dictionary<string, AkkaKey>() : AkkaKeys.Modules(modules));

    private static void Check(Section section, AkkaKey known, IReadOnlyDictionary<string, AkkaKey> modules)
    {
        foreach (var field in section.Fields)
        {
            var key = known.Below.GetValueOrDefault(field.Name) ?? known.Any ?? (field.Value is ConfigObject ? known.AnySection : null);
            if (key is null && ReferenceEquals(known, AkkaKeys.Root)) key = modules.GetValueOrDefault(field.Name);
            if (key is null) OnUnknown(section, known, field);
            else if (key.Type is null) Check(section.Below(field.Name), key, modules);
            else if (section.Expect(field.Name, key.Type)) Doubt(section, known, key.Type, field);
        }
    }

    private static void Doubt(Section section, AkkaKey known, KeyType type, ConfigField field)
    {
        if (AkkaTypes.LacksUnit(type, field.Value)) section.Warn(ConfigPath.Format(field.Name), "has no unit, and means milliseconds: expected a unit (ms, s, m, h)");
        if (s_ofTheWheel.Contains(field.Name) && s_ofTheWheel.All(known.Below.ContainsKey) && !section.Fields.Any(set => set.Name == "implementation"))
            section.Warn(field.Name, "is read by Akka's own scheduler, and the host's sleeps until something is due: expected beside implementation = \"Akka.Actor.HashedWheelTimerScheduler, Akka\"");
    }

    private static void OnUnknown(Section section, AkkaKey known, ConfigField field)
    {
        var name = ConfigPath.Format(field.Name);
        if (ReferenceEquals(known, AkkaKeys.Root) && s_modules.Contains(field.Name))
        {
            section.Warn(name, $"is a section of a module that this host does not have, so nobody reads it");
        }
        else if (known.IsOpen || Nearest.Distance(field.Name, known.Below.Keys) > Math.Min(MostWrongLetters, field.Name.Length / 3))
        {
            section.Warn(name, $"is no key of {Package} {typeof(Akka.Actor.ActorSystem).Assembly.GetName().Version}{Nearest.Hint(field.Name, known.Below.Keys)}, so nobody reads it unless an extension does");
        }
        else
        {
            section.Fault(name, $"unknown key{Nearest.Hint(field.Name, known.Below.Keys)}");
        }
    }
}
