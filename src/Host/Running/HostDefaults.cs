using Actors.Hocon;
using Akka.Configuration;

namespace Actors.Host.Running;

/// <summary>What the host sets in the actor system (reference.conf); a file's section <c>akka</c> overrides it.</summary>
internal static class HostDefaults
{
    /// <summary>As a fallback to the settings of a file. Another object for each start: Akka's Config changes while it is read.</summary>
    public static Config Read()
    {
        using var reference = new StreamReader(typeof(HostDefaults).Assembly.GetManifestResourceStream("Actors.Host.reference.conf")!);
        // Akka's own parser gets plain text, with nothing left to resolve.
        return ConfigurationFactory.ParseString(HoconWriter.Write(new HoconDocument().AddText(reference.ReadToEnd(), "reference.conf").Resolve()));
    }
}
