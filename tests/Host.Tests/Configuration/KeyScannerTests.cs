using Actors.Host.Configuration;

namespace Host.Tests.Configuration;

public sealed class KeyScannerTests
{
    private static List<string> Keys(string text)
    {
        var found = new List<string>();
        KeyScanner.Scan(text, (path, line) => found.Add($"{line} {string.Join('.', path)}"), include => found.Add($"{include.Line} include {include.Name}"));
        return found;
    }

    [Fact]
    public void Keys_have_their_full_path_and_line() =>
        Assert.Equal(
            ["1 a", "2 a.b", "3 a.c.d", "5 e"],
            Keys("a {\n  b = 1\n  c.d : 2\n}\ne = [1, 2]\n"));

    [Fact]
    public void Braces_around_the_file_are_optional() => Assert.Equal(["1 a", "2 b"], Keys("{ a = 1\n b = 2 }"));

    [Fact]
    public void Quoted_keys_keep_their_dots_as_one_name() => Assert.Equal(["1 a.b c.d"], Keys("\"a.b c\".d = 1"));

    [Fact]
    public void Braces_and_comment_signs_in_strings_do_not_count() =>
        Assert.Equal(["1 a", "2 b"], Keys("a = \"{ # // \\\" }\"\nb = 1"));

    [Fact]
    public void Multi_line_strings_are_passed_over() => Assert.Equal(["1 a", "4 b"], Keys("a = \"\"\"x = 1\n{\ny\"\"\"\nb = 1"));

    [Fact]
    public void Comments_are_passed_over() => Assert.Equal(["2 a", "4 b"], Keys("# x = 1\na = 1 // y = 2\n# }\nb = 2"));

    [Fact]
    public void Objects_in_lists_and_concatenations_are_read() =>
        Assert.Equal(["1 a", "1 a.b", "2 c", "2 c.d", "3 e"], Keys("a = [{ b = 1 }, 2]\nc = ${a} { d = 1 }\ne += 5"));

    [Fact]
    public void Includes_are_found_with_their_line() => Assert.Equal(["1 a", "2 include other.conf", "3 b"], Keys("a = 1\ninclude \"other.conf\"\nb = 2"));

    [Theory]
    [InlineData("}}}")]
    [InlineData("a = [")]
    [InlineData("a = \"")]
    [InlineData("a { b {")]
    [InlineData("= = = ,")]
    [InlineData("a = \"\"\"")]
    [InlineData("${")]
    public void Text_that_is_not_hocon_does_not_stop_the_scan(string text) => Keys(text);
}
