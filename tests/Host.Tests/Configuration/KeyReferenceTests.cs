using Actors.Host.Grains;
using Actors.Hosting.Configuration;

namespace Host.Tests.Configuration;

public sealed class KeyReferenceTests
{
    [Fact]
    public void The_documentation_is_what_the_code_says()
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "configuration.md"));

        Assert.True(page == KeyReference.Render(new GrainsPart()), "docs/configuration.md differs from the keys in the code: write it anew with `dotnet run --project src/Host -- keys > docs/configuration.md`");
    }

    [Fact]
    public void Every_default_is_a_value_of_its_type()
    {
        // Reading an empty role of each pattern takes every default; a default of the wrong type would throw.
        foreach (var (word, _) in RolePatterns.Words)
        {
            using var files = new TemporaryFiles();
            var file = files.Write("defaults.conf", $"roles {{ r {{ pattern = {word} }} }}");
            Assert.Throws<ConfigException>(() => PlanReader.Read(ConfigFile.Load(file, []), [], TextWriter.Null, part: new GrainsPart()));
        }
    }

    [Fact]
    public void The_shipped_files_are_correct()
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "config"), "*.conf");

        Assert.Equal(["dealer-router.conf", "forwarder.conf", "grains.conf", "pair.conf", "pipeline-acknowledged.conf", "pipeline.conf", "publish-subscribe-retained.conf", "publish-subscribe.conf", "request-reply-queue.conf", "request-reply.conf", "streamer.conf"], files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var file in files) Assert.NotEmpty(PlanReader.Read(ConfigFile.Load(file, []), [], TextWriter.Null, part: new GrainsPart()).Roles);
    }
}
