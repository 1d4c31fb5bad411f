using System.Diagnostics;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Browser.Tests;

/// <summary>Chromium, driven by scripts/page.js on Node.js and the npm package "playwright-core".</summary>
public sealed class BrowserProcess : PeerProcess
{
    private const string Chromium = "/usr/bin/chromium";

    private static readonly Lazy<string?> s_missing = new(FindMissing);

    private BrowserProcess(ITestOutputHelper log, ProcessStartInfo start)
        : base("page.js", log, start)
    {
    }

    /// <summary>Starts a step of the script; skips the test where the browser or what drives it is missing.</summary>
    public static BrowserProcess Start(ITestOutputHelper log, string address, string step, params string[] arguments)
    {
        Skip.If(s_missing.Value is not null, s_missing.Value);
        return new BrowserProcess(log, new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "scripts", "page.js"), address, step, .. arguments]));
    }

    /// <summary>The value of the next fact of that name.</summary>
    public async Task<string> Fact(string name) => (await Expect($"{name}: "))[(name.Length + 2)..];

    /// <summary>Waits for the end; nothing was wrong in the page meanwhile.</summary>
    public async Task EndWithoutFaults()
    {
        Assert.Equal("[]", await Fact("faults"));
        Assert.Equal(0, (await End()).ExitCode);
    }

    private static string? FindMissing()
    {
        if (!File.Exists(Chromium)) return "Debian's chromium is not installed";
        try
        {
            using var probe = Process.Start(new ProcessStartInfo("node", ["-e", "require('playwright-core')"]) { RedirectStandardError = true })!;
            var said = probe.StandardError.ReadToEnd();
            probe.WaitForExit();
            return probe.ExitCode == 0 ? null : $"Node.js finds no package \"playwright-core\": {said}";
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            return $"There is no Node.js: {fault.Message}";
        }
    }
}
