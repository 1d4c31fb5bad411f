namespace Actors.Hocon.Tests;

/// <summary>Each error says where, what was found, and what was expected.</summary>
public class ErrorTests
{
    [Theory]
    [InlineData("a = 1 }", 1, 7, "found '}', expected ','")]
    [InlineData("a = 1\n}", 2, 1, "found '}', expected a key")]
    [InlineData("{ a = 1", 1, 8, "found the end of the text, expected '}' to close the '{' of line 1, column 1")]
    [InlineData("a {\n  b = 1\n", 3, 1, "expected '}' to close the '{' of line 1, column 3")]
    [InlineData("a = [1, 2", 1, 10, "expected ']' to close the '[' of line 1, column 5")]
    [InlineData("a = [1 \"b\" : 2]", 1, 12, "found ':', expected ',', a new line or ']'")]
    [InlineData("a = [1, 2\n", 2, 1, "expected ']' to close the '[' of line 1, column 5")]
    [InlineData("{} x", 1, 4, "found 'x', expected the end of the text")]
    [InlineData("a", 1, 2, "found the end of the text, expected '=', ':', '+=' or '{' after the key 'a'")]
    [InlineData("a = ", 1, 5, "found the end of the text, expected a value")]
    [InlineData("a = , b = 1", 1, 5, "found ',', expected a value")]
    [InlineData("a = [,1]", 1, 6, "found ',', expected a value")]
    [InlineData("a = [1,,2]", 1, 8, "found ',', expected a value")]
    [InlineData("a = [1,2,,]", 1, 10, "found ',', expected a value")]
    [InlineData(", a = 1", 1, 1, "found ',', expected a key")]
    [InlineData("a = 1,, b = 2", 1, 7, "found ',', expected a key")]
    [InlineData("a = tcp://x", 1, 8, "(text that contains ':' has to be quoted)")]
    [InlineData("a..b = 1", 1, 1, "two in a row")]
    [InlineData("\n .a = 1", 2, 2, "begins or ends with '.'")]
    [InlineData("a. = 1", 1, 1, "begins or ends with '.'")]
    [InlineData("${a} = 1", 1, 1, "found '${', expected a key")]
    [InlineData("a ${b} = 1", 1, 3, "a substitution cannot be part of a path")]
    [InlineData("a = ${b${c}}", 1, 8, "a substitution cannot be part of a path")]
    [InlineData("a = ${b", 1, 8, "expected '}' after the path of the substitution")]
    [InlineData("a = ${}", 1, 7, "found '}', expected a path")]
    [InlineData("a = ${b c\n}", 1, 10, "expected '}' after the path of the substitution")]
    [InlineData("a = x {}", 1, 7, "found an object next to \"x\"")]
    [InlineData("a = [1] {}", 1, 9, "found an object next to an array")]
    [InlineData("a = {} 5", 1, 8, "found 5 next to an object")]
    [InlineData("a = 1\nb = ${a} [2]", 2, 5, "found 1 (line 1) in a concatenation of arrays")]
    [InlineData("a = 1\nb = ${a} {}", 2, 5, "${a} is 1 (line 1), expected an object")]
    [InlineData("a = 1\na += 2", 2, 6, "found '+=' on 1 (line 1), expected an array")]
    [InlineData("a = ${no.such-key}", 1, 5, "${no.such-key} refers to nothing")]
    [InlineData("include = 1", 1, 9, "found '=', expected after include a quoted name")]
    [InlineData("include foo", 1, 9, "found 'foo', expected after include a quoted name")]
    [InlineData("include package(\"x\")", 1, 9, "found 'package(', expected after include a quoted name")]
    [InlineData("include file(\"x\"", 1, 17, "expected ) after \"x\"")]
    [InlineData("include \"x\"", 1, 1, "cannot include \"x\": a text that is no file has no folder, expected an absolute path")]
    [InlineData("a = ${b[}", 1, 9, "found '}', expected ']' after '['")]
    [InlineData("a = ${b}\nb = ${c} [1]\nc { x = 1 }", 2, 5, "found an object (line 3) in a concatenation of arrays")]
    public void Parser(string text, int line, int column, string message) => AssertError(text, line, column, message);

    [Theory]
    [InlineData("a = \"x", 1, 5, "\"x", "not closed: found the end of the text")]
    [InlineData("a = \"x\nb = 1", 1, 5, "\"x", "not closed: found the end of the line")]
    [InlineData("a = \"\"\"x\ny", 1, 5, "\"\"\"", "expected '\"\"\"'")]
    [InlineData("a = \"C:\\Temp\"", 1, 8, "\\T", "a backslash itself is written \\\\")]
    [InlineData("a = \"\\u12g4\"", 1, 6, "\\u", "four hexadecimal digits")]
    [InlineData("a = \"\\u12", 1, 6, "\\u", "four hexadecimal digits")]
    [InlineData("a = \"x\ty\"", 1, 7, "\t", "control character U+0009")]
    [InlineData("a = $x", 1, 5, "$", "as in ${path}")]
    [InlineData("a = b+c", 1, 6, "+", "'+' is reserved")]
    [InlineData("a = 1\nb = what?", 2, 9, "?", "'?' is reserved")]
    [InlineData("a = \"\"\"x\ny\"\"\"\nb = @", 3, 5, "@", "'@' is reserved")]
    [InlineData("a = `x`", 1, 5, "`", "reserved")]
    public void Tokenizer(string text, int line, int column, string found, string message)
    {
        AssertError(text, line, column, message);
        AssertError(text, line, column, found.StartsWith('"') ? "this string is not closed" : $"found '{found}'");
    }

    [Theory]
    [InlineData("text", "whole", "main:2: text: found \"some words\", expected a whole number from -2147483648 to 2147483647")]
    [InlineData("big", "whole", "main:3: big: found 99999999999, expected a whole number from -2147483648")]
    [InlineData("text", "boolean", "main:2: text: found \"some words\", expected a boolean: true, on, yes, false, off or no")]
    [InlineData("list", "list", "main:4: list: found an array, expected an array, each element a whole number")]
    [InlineData("text", "list", "main:2: text: found \"some words\", expected an array, each element a whole number")]
    [InlineData("list", "text", "main:4: list: found an array, expected a string, number or boolean")]
    [InlineData("nothing", "whole", "main:5: nothing: found null, expected a whole number")]
    [InlineData("there", "whole", "main:6: there: found \"some words\" (from main:2), expected a whole number")]
    [InlineData("missing.key", "whole", "main: missing.key: is missing: expected a whole number")]
    [InlineData("section.key", "whole", "main:7: section.key: is missing: expected a whole number")]
    public void A_value_of_another_type(string path, string type, string message)
    {
        var root = new HoconDocument().AddText("\ntext = some words\nbig = 99999999999\nlist = [1, x]\nnothing = null\nthere = ${text}\nsection {}", "main").ResolveObject();
        var error = Assert.Throws<HoconFormatException>(() => _ = type switch
        {
            "whole" => root.Get(path, ConfigTypes.Int32),
            "boolean" => root.Get(path, ConfigTypes.Boolean),
            "list" => root.Get(path, ConfigTypes.Int32.List),
            _ => (object)root.Get(path, ConfigTypes.Text),
        });
        Assert.Equal(path, error.Path);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static void AssertError(string text, int line, int column, string message)
    {
        var error = Assert.Throws<HoconFormatException>(() => Texts.Parse(text));
        Assert.Equal((line, column), (error.Origin.Line, error.Origin.Column));
        Assert.StartsWith($"line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Null(error.Path);
    }
}
