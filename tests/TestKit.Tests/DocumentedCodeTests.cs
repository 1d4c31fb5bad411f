namespace Tests.OfTestKit;

/// <summary>The check of the code on the pages of docs/ finds what differs.</summary>
public sealed class DocumentedCodeTests
{
    private const string Page = "page.md";

    private static List<string> Faults(string page, string sample) =>
        DocumentedCode.Faults(Page, DocumentedCode.Blocks(Page, "csharp", page.Split('\n')), DocumentedCode.Regions("Sample.cs", sample.Split('\n')));

    [Fact]
    public void Blocks_that_equal_the_regions_have_no_fault_however_far_they_are_indented() =>
        Assert.Empty(Faults("text\n```csharp\nif (a)\n    b();\n```\n```sh\nls\n```\n```csharp\nc();\n```", "    #region a\n    if (a)\n        b();\n    #endregion\n  // #region c\n  c();\n  // #endregion"));

    [Fact]
    public void A_block_that_differs_from_its_region_is_a_fault_on_both_sides()
    {
        var faults = Faults("```csharp\na();\n```", "#region a\nb();\n#endregion");

        Assert.Equal(2, faults.Count);
        Assert.StartsWith("page.md:1 equals no region", faults[0], StringComparison.Ordinal);
        Assert.StartsWith("Sample.cs:1 is not on page.md", faults[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_without_blocks_is_a_fault() => Assert.Equal(["page.md has no code block"], Faults("```sh\nls\n```", ""));

    [Fact]
    public void A_block_without_an_end_is_named() =>
        Assert.StartsWith("page.md:2 ", Assert.Throws<InvalidDataException>(() => Faults("text\n```csharp\na();", "")).Message, StringComparison.Ordinal);
}
