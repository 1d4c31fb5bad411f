using System.Globalization;
using System.Text.RegularExpressions;
using Actors.Transport;
using Actors.Zmtp;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Docs.Tests.Pages;

/// <summary>The HOCON on a page is a file that the host starts, and what the page says that it prints is what it prints. <see cref="Site.CodeBlockTests"/> finds a block that
/// says nothing.</summary>
public sealed partial class ConfigurationSampleTests(ITestOutputHelper log)
{
    public static TheoryData<string, int> Samples
    {
        get
        {
            var samples = new TheoryData<string, int>();
            foreach (var page in Repository.Pages)
                for (var i = 0; i < Sample().Count(Repository.Read(page)); i++) samples.Add(page, i);
            return samples;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Samples))]
    public async Task The_host_prints_what_the_page_says(string page, int index)
    {
        var sample = Sample().Matches(Repository.Read(page))[index];
        if (sample.Groups["file"].Value.Contains("engine = zmtp", StringComparison.Ordinal)) EngineUnderTest.NeedsZmtp("is not the one that the sample names");
        var folder = Directory.CreateTempSubdirectory("actors-docs-tests-");
        try
        {
            var file = Path.Combine(folder.FullName, "sample.conf");
            await File.WriteAllTextAsync(file, WithKeys(AtFreePorts(sample.Groups["file"].Value), folder.FullName)
                .Replace("Greetings.dll", typeof(Greetings.Greeter).Assembly.Location.Replace('\\', '/'), StringComparison.Ordinal)
                .Replace("push.journal", Path.Combine(folder.FullName, "push.journal").Replace('\\', '/'), StringComparison.Ordinal));
            var printed = sample.Groups["printed"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
            await using var host = HostProcess.Start(log, file);

            while (printed.Count > 0)
            {
                // Roles print in no order among them. The line that comes last of all is named if it does not come.
                var line = await host.Expect(printed.Count == 1 ? printed[0] : "");
                printed.Remove(line);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Makes the files that docs/security.md tells to make, and names them by their whole paths.</summary>
    private static string WithKeys(string file, string folder)
    {
        string PathOf(string name) => Path.Combine(folder, name).Replace('\\', '/');
        var (server, client) = (new CurveKeyPair(), new CurveKeyPair());
        CurveKeyFile.Write(PathOf("server.key"), server);
        CurveKeyFile.Write(PathOf("client.key"), client);
        File.WriteAllText(PathOf("server.pub"), $"{server.PublicKeyZ85}\n");
        File.WriteAllText(PathOf("clients.keys"), $"# KEY NAME\n{client.PublicKeyZ85} joe\n");
        File.WriteAllText(PathOf("users.conf"), "joe open sesame\n");
        foreach (var name in new[] { "server.key", "client.key", "server.pub", "clients.keys", "users.conf" })
            file = file.Replace($"\"{name}\"", $"\"{PathOf(name)}\"", StringComparison.Ordinal);
        return file;
    }

    private static string AtFreePorts(string file)
    {
        foreach (var port in Port().Matches(file).Select(match => match.Groups["port"].Value).Distinct().ToList())
            file = file.Replace($":{port}\"", $":{HostProcess.FreeEndpoint().Split(':')[2]}\"", StringComparison.Ordinal);
        return file;
    }

    [GeneratedRegex(@"^```hocon\n(?<file>(?:(?!```).*\n)*)```$\n+prints\n+```text\n(?<printed>(?:(?!```).*\n)*)```$", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex("""(?:tcp://[^:"]+|"127\.0\.0\.1):(?<port>\d+)"(?!\d)""")]
    private static partial Regex Port();
}
