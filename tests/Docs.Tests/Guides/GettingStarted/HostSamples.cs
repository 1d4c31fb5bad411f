using Docs.Tests.Pages;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Docs.Tests.Guides.GettingStarted;

/// <summary>Does what docs/getting-started/host.md tells to do.</summary>
public sealed class HostSamples(ITestOutputHelper log) : IDisposable
{
    private const string Page = "docs/getting-started/host.md";
    private const string Sources = "tests/Docs.Tests/Guides/GettingStarted";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actors-docs-tests-");
    private readonly string _endpoint = HostProcess.FreeEndpoint();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Its_files_are_those_of_this_folder()
    {
        DocumentedCode.Check(Page, "hocon", $"{Sources}/prices.conf");
        DocumentedCode.Check(Page, "python", $"{Sources}/price.py", $"{Sources}/ask.py");
    }

    [SkippableFact]
    public async Task A_server_of_one_file_is_checked_asked_and_watched()
    {
        var web = HostProcess.FreeEndpoint()["tcp://".Length..];
        var program = Write("price.py", text => text);
        var file = Write("prices.conf", text => text
            .Replace("tcp://127.0.0.1:5555", _endpoint, StringComparison.Ordinal)
            .Replace("127.0.0.1:9464", web, StringComparison.Ordinal)
            .Replace("\"price.py\"", $"\"{program}\"", StringComparison.Ordinal));

        var check = await ToolRun.Of(log, "check", file);
        Assert.Contains(Printed().Replace("tcp://127.0.0.1:5555", _endpoint, StringComparison.Ordinal), check.Text, StringComparison.Ordinal);

        await using var host = HostProcess.Start(log, file);
        var reply = await ToolRun.Of(log, "req", "--connect", _endpoint, "apples");
        Assert.Contains("1.50", reply.Lines);
        await host.Expect("asked for apples");

        var client = Write("ask.py", text => text.Replace("tcp://localhost:5555", _endpoint, StringComparison.Ordinal));
        await using (var asking = PythonPeer.StartFile(log, client)) await asking.Expect("1.50");

        using var browser = new HttpClient();
        Assert.Contains("<html", await browser.GetStringAsync($"http://{web}/"), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What the page says that <c>check</c> prints.</summary>
    private static string Printed() => Assert.Single(DocumentedCode.Blocks(Page, "text", Repository.Read(Page).ReplaceLineEndings("\n").Split('\n'))).Text;

    private string Write(string name, Func<string, string> change)
    {
        var path = Path.Combine(_folder.FullName, name).Replace('\\', '/');
        File.WriteAllText(path, change(Repository.Read($"{Sources}/{name}")));
        return path;
    }
}
