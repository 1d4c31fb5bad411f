using System.Diagnostics;
using Xunit.Abstractions;

namespace Host.Tests.Deploy;

/// <summary>The unit of <c>deploy/systemd</c>, as systemd reads it.</summary>
public sealed class SystemdUnitTests(ITestOutputHelper log) : IDisposable
{
    private const string Analyze = "/usr/bin/systemd-analyze";

    private readonly string _folder = Directory.CreateTempSubdirectory("unit").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task Systemd_finds_nothing_wrong_with_the_unit()
    {
        Skip.IfNot(File.Exists(Analyze), "systemd is not installed");
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "deploy", "systemd", "actors@.service"));
        // It looks whether the program exists.
        await File.WriteAllTextAsync(Path.Combine(_folder, "actors@.service"), text.Replace("/usr/local/bin/actors", "/bin/true", StringComparison.Ordinal));

        using var verify = Process.Start(new ProcessStartInfo(Analyze, ["verify", Path.Combine(_folder, "actors@orders.service")]) { RedirectStandardError = true })!;
        var said = await verify.StandardError.ReadToEndAsync();
        await verify.WaitForExitAsync();

        log.WriteLine(said);
        // What it says of other units of this machine is not ours.
        Assert.DoesNotContain("actors@", said, StringComparison.Ordinal);
        Assert.Equal(0, verify.ExitCode);
    }
}
