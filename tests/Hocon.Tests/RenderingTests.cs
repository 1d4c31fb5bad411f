namespace Actors.Hocon.Tests;

public class RenderingTests
{
    [Fact]
    public void A_document_is_written_in_full()
    {
        var root = HoconParser.Parse("a { b = ${c}, l = [1, two words, {x = 1}], e {}, n = null, \"k.k\" = on }, c = \"1\"");
        Assert.Equal(
            """
            a {
              b : "1"
              l : [1, "two words", {
                x : 1
              }]
              e {}
              n : null
              "k.k" : on
            }
            c : "1"
            """.ReplaceLineEndings("\n"),
            root.PrettyPrint(2));
        Assert.Equal(root.PrettyPrint(2), root.ToString());
        Assert.StartsWith("a {\n    b", root.PrettyPrint(4), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a = \"true\"")]
    [InlineData("a = \"\"\"two\nlines \"quoted\" \\ and back\"\"\"")]
    [InlineData("a = \" ends \", b = \"#\", \"c d\" = \"\", \"include\" = 1, \"//\" = 2")]
    [InlineData("a = ${?x}5, b = 1 2, c = 0x1F, d = \"0x1F\"")]
    [InlineData("[1, [2, {}], { a = [] }]")]
    [InlineData("{}")]
    [InlineData("[]")]
    public void It_reads_back_to_the_same(string text)
    {
        var root = HoconParser.Parse(text);
        Assert.Equal(root, HoconParser.Parse(root.ToString()));
        Assert.Equal(root, HoconParser.Parse(root.Value.ToString(0, 3)));
        Assert.Equal(root, HoconParser.Parse(root.Value.Raw));
    }

    [Theory]
    [InlineData("plain", false)]
    [InlineData("a b", true)]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("", true)]
    [InlineData("x:y", true)]
    public void Quotes_are_needed_where_the_text_would_read_as_something_else(string text, bool expected) => Assert.Equal(expected, text.NeedQuotes());
}
