using System.Diagnostics;
using Actors.Shared;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Browser.Tests;

/// <summary>Chromium, driven by scripts/page.js on Node.js and the npm package "playwright-core".</summary>
public sealed class BrowserProcess : PeerProcess
{
    private BrowserProcess(ITestOutputHelper log, ProcessStartInfo start)
        : base("page.js", log, start)
    {
    }

    /// <summary>Starts a step of the script; skips the test where the browser or what drives it is missing.</summary>
    public static BrowserProcess Start(ITestOutputHelper log, string address, string step, params string[] arguments)
    {
        Skip.If(Chromium.Missing is not null, Chromium.Missing);
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
}
