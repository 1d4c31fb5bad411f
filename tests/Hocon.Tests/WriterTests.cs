namespace Actors.Hocon.Tests;

public class WriterTests
{
    [Fact]
    public void A_document_is_written_in_full() =>
        Assert.Equal(
            """
            a : {
              b : "1"
              l : [1, "two words", {
                x : 1
              }]
              e : {
              }
              n : null
              "k.k" : true
            }
            c : "1"

            """.ReplaceLineEndings("\n"),
            HoconWriter.Write(Texts.Parse("a { b = ${c}, l = [1, two words, {x = 1}], e {}, n = null, \"k.k\" = true }, c = \"1\"")));

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
        var value = Texts.Parse(text);
        Texts.AssertSame(value, Texts.Parse(HoconWriter.Write(value)), text);
    }

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("", "\"\"")]
    [InlineData("say \"hi\" \\ ${x}", "\"say \\\"hi\\\" \\\\ ${x}\"")]
    [InlineData("\t\r\n\b\f\u0001\u2028\ufeff", "\"\\t\\r\\n\\b\\f\\u0001\\u2028\\ufeff\"")]
    public void Quotes_make_any_text_a_string(string text, string expected)
    {
        Assert.Equal(expected, HoconWriter.Quote(text));
        Assert.Equal(text, Texts.ParseObject($"a = {expected}").Text("a"));
    }
}
