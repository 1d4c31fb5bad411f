using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Browser.Tests;

/// <summary>What a host loads for its page, and what it does not without one.</summary>
public sealed class LoadingTests(ITestOutputHelper log)
{
    [SkippableTheory]
    [InlineData("", false)]
    [InlineData("host.http.bind = \"127.0.0.1:0\"\n", true)]
    public async Task A_host_loads_ASP_NET_only_where_its_file_has_host_http(string http, bool expected)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the files that a process has loaded are known on Linux only");
        var folder = Directory.CreateTempSubdirectory("actors-page-");
        try
        {
            var file = Path.Combine(folder.FullName, "host.conf");
            await File.WriteAllTextAsync(file, $"{http}roles {{ sink {{ pattern = pull, bind = \"tcp://127.0.0.1:0\", handler {{ type = console }} }} }}");
            await using var host = HostProcess.Start(log, file);
            await host.Expect("sink: pull on");

            var loaded = (await File.ReadAllLinesAsync($"/proc/{host.Id}/maps")).Any(line => Path.GetFileName(line).StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal));

            Assert.Equal(expected, loaded);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
