namespace Tests.OfTestKit;

/// <summary>The page about testing shows code that is run here.</summary>
public sealed class DocsTests
{
    [Fact]
    public void The_code_of_the_page_about_testing_is_run() =>
        DocumentedCode.Check("docs/testing.md", "csharp", "tests/TestKit.Tests/Samples/WordCountTests.cs", "tests/TestKit.Tests/Samples/GrainSamples.cs");
}
