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
    [InlineData("a = 1\nb = ${a} [2]", 2, 5, "found 1 (line 1, column 5) in a concatenation of arrays")]
    [InlineData("a = 1\nb = ${a} {}", 2, 5, "${a} is 1 (line 1, column 5), expected an object")]
    [InlineData("a = 1\na += 2", 2, 6, "found '+=' on 1 (line 1, column 5), expected an array")]
    [InlineData("a = ${no.such-key}", 1, 5, "${no.such-key} refers to nothing")]
    [InlineData("include = 1", 1, 9, "found '=', expected after include a quoted name")]
    [InlineData("include foo", 1, 9, "found 'foo', expected after include a quoted name")]
    [InlineData("include package(\"x\")", 1, 9, "found 'package(', expected after include a quoted name")]
    [InlineData("include file(\"x\"", 1, 17, "expected ) after \"x\"")]
    [InlineData("include \"x\"", 1, 1, "without an include callback")]
    public void Parser(string text, int line, int column, string message)
    {
        var error = Assert.Throws<HoconParserException>(() => HoconParser.Parse(text));
        Assert.Equal($"line {line}, column {column}", error.Message[..error.Message.IndexOf(": ", StringComparison.Ordinal)]);
        Assert.Equal((line, column), (error.LineNumber, error.LinePosition));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

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
        var error = Assert.Throws<HoconTokenizerException>(() => HoconParser.Parse(text));
        Assert.Equal((line, column, found), (error.LineNumber, error.LinePosition, error.Value));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.StartsWith($"line {line}, column {column}: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", "GetInt", "text: Found \"some words\" (line 2, column 8), expected a whole number from -2147483648 to 2147483647")]
    [InlineData("big", "GetByte", "big: Found 256 (line 3, column 7), expected a whole number from 0 to 255")]
    [InlineData("text", "GetBoolean", "text: Found \"some words\" (line 2, column 8), expected a boolean: true, on, yes, false, off or no")]
    [InlineData("list", "GetIntList", "list: Element 1: found \"x\" (line 4, column 12), expected a whole number")]
    [InlineData("text", "GetIntList", "text: Found \"some words\" (line 2, column 8), expected an array, each element a whole number")]
    [InlineData("list", "GetString", "list: Found an array (line 4, column 8), expected a string, number or boolean")]
    [InlineData("text", "GetObject", "text: Found \"some words\" (line 2, column 8), expected an object.")]
    [InlineData("nothing", "GetInt", "nothing: Found null (line 5, column 11), expected a whole number")]
    [InlineData("missing.key", "GetInt", "missing.key: Found no value at this path, expected one.")]
    public void Getter(string path, string getter, string message)
    {
        var root = HoconParser.Parse("\ntext = some words\nbig = 256\nlist = [1, x]\nnothing = null");
        var error = Assert.Throws<HoconValueException>(() => _ = getter switch
        {
            "GetInt" => root.GetInt(path),
            "GetByte" => root.GetByte(path),
            "GetBoolean" => root.GetBoolean(path),
            "GetIntList" => root.GetIntList(path),
            "GetString" => root.GetString(path),
            _ => (object?)root.GetObject(path),
        });
        Assert.Equal(path, error.FailPath);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }
}
