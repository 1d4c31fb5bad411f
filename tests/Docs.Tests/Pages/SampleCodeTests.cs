namespace Docs.Tests.Pages;

/// <summary>The C# on a page is what the tests of this project compile and run.</summary>
public sealed class SampleCodeTests
{
    private const string Sources = "tests/Docs.Tests/Roles/";

    [Theory]
    [InlineData("docs/roles/pipeline.md", "PipelineSamples.cs")]
    [InlineData("docs/roles/request-reply.md", "RequestReplySamples.cs")]
    [InlineData("docs/roles/publish-subscribe.md", "PublishSubscribeSamples.cs")]
    [InlineData("docs/roles/direct.md", "DirectSamples.cs")]
    [InlineData("docs/roles/proxies.md", "ProxySamples.cs")]
    [InlineData("docs/roles/gateway.md", "GatewaySamples.cs")]
    [InlineData("docs/roles/handlers.md", "HandlerSamples.cs")]
    [InlineData("docs/remoting.md", "Remoting/RemotingSamples.cs")]
    [InlineData("docs/security.md", "SecuritySamples.cs")]
    [InlineData("docs/hosting.md", "HostingSamples.cs")]
    [InlineData("docs/streams.md", "StreamSamples.cs")]
    [InlineData("docs/getting-started/embedding.md", "../Guides/GettingStarted/EmbeddingSamples.cs")]
    [InlineData("docs/getting-started/testing.md", "../Guides/GettingStarted/TestingSamples.cs")]
    [InlineData("docs/migration/netmq.md", "../Guides/NetMqSamples.cs")]
    public void The_code_blocks_are_the_regions_of_the_source(string page, string source) => DocumentedCode.Check(page, "csharp", Sources + source);

    [Fact]
    public void The_configuration_of_remoting_is_what_its_nodes_read() =>
        DocumentedCode.Check("docs/remoting.md", "hocon", $"{Sources}Remoting/cluster.conf", $"{Sources}Remoting/curve.conf");

    [Fact]
    public void The_code_blocks_about_grains_are_the_regions_of_the_sources() =>
        DocumentedCode.Check("docs/grains.md", "csharp", [.. Directory.GetFiles(Path.Combine(Repository.Root, "tests/Docs.Tests/Grains"), "*Samples.cs").Select(path => Path.GetRelativePath(Repository.Root, path))]);

    [Fact]
    public void The_code_blocks_of_the_readme_are_its_samples()
    {
        var blocks = DocumentedCode.Blocks("README.md", "csharp", Lines("README.md"));

        // The page names a port; the test lets the system choose one.
        Assert.Equal([RegionsOf("EmbedSample.cs"), RegionsOf("GrainSample.cs")], blocks.Select(block => block.Text.Replace("tcp://*:5558", "tcp://*:0", StringComparison.Ordinal)));
    }

    private static string RegionsOf(string source) => string.Join("\n\n", DocumentedCode.Regions(source, Lines($"{Sources}{source}")).Select(region => region.Text));

    private static string[] Lines(string path) => Repository.Read(path).ReplaceLineEndings("\n").Split('\n');
}
