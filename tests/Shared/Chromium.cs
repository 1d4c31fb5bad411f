using System.ComponentModel;
using System.Diagnostics;

namespace Actors.Shared;

/// <summary>The browser of tests, which Node.js drives by the npm package "playwright-core".</summary>
internal static class Chromium
{
    private static readonly Lazy<string?> s_missing = new(FindMissing);

    /// <summary>Debian's browser.</summary>
    public const string Path = "/usr/bin/chromium";

    /// <summary>What of it is not installed here, as a sentence; null where all is.</summary>
    public static string? Missing => s_missing.Value;

    private static string? FindMissing()
    {
        if (!File.Exists(Path)) return "Debian's chromium is not installed";
        try
        {
            using var probe = Process.Start(new ProcessStartInfo("node", ["-e", "require('playwright-core')"]) { RedirectStandardError = true })!;
            var said = probe.StandardError.ReadToEnd();
            probe.WaitForExit();
            return probe.ExitCode == 0 ? null : $"Node.js finds no package \"playwright-core\": {said}";
        }
        catch (Win32Exception fault)
        {
            return $"There is no Node.js: {fault.Message}";
        }
    }
}
