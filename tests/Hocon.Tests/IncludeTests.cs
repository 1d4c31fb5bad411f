namespace Actors.Hocon.Tests;

public class IncludeTests
{
    [Fact]
    public void Included_keys_stand_in_the_place_of_the_statement()
    {
        var root = Parse("a = 1, b = 1\ninclude \"x\"\nb = 3", ("x", "a = 2, b = 2, c = 2"));
        Assert.Equal((2, 3, 2), (root.GetInt("a"), root.GetInt("b"), root.GetInt("c")));
    }

    [Fact]
    public void Substitutions_of_the_included_text_start_from_where_it_is_included()
    {
        var root = Parse("a { include \"foo.conf\" }\na { x = 42 }", ("foo.conf", "x = 10, y = ${x}"));
        Assert.Equal(42, root.GetInt("a.y"));
    }

    [Fact]
    public void And_from_the_root_if_there_is_nothing()
    {
        var root = Parse("a { include \"foo.conf\" }, shared = 7", ("foo.conf", "y = ${shared}"));
        Assert.Equal(7, root.GetInt("a.y"));
    }

    [Fact]
    public void Included_texts_include_others_and_merge()
    {
        var root = Parse("a.b { include \"one\" }", ("one", "c { include \"two\", x = ${y} }, y = 1"), ("two", "x = 0, z = ${x}"));
        Assert.Equal((1, 1), (root.GetInt("a.b.c.x"), root.GetInt("a.b.c.z")));
    }

    [Theory]
    [InlineData("include \"n\"", HoconCallbackType.File)]
    [InlineData("include file(\"n\")", HoconCallbackType.File)]
    [InlineData("include url( \"n\" )", HoconCallbackType.Url)]
    [InlineData("include classpath(\"n\")", HoconCallbackType.Resource)]
    [InlineData("include resource(\"n\")", HoconCallbackType.Resource)]
    [InlineData("include required(\"n\")", HoconCallbackType.File)]
    [InlineData("include required( url(\"n\") )", HoconCallbackType.Url)]
    [InlineData("include\n\n\"n\"", HoconCallbackType.File)]
    public void The_callback_is_told_what_and_where(string text, HoconCallbackType expected)
    {
        var asked = new List<(HoconCallbackType, string)>();
        var root = HoconParser.Parse(text + "\nb = 2", (type, name) =>
        {
            asked.Add((type, name));
            return Task.FromResult("a = 1");
        });
        Assert.Equal([(expected, "n")], asked);
        Assert.Equal((1, 2), (root.GetInt("a"), root.GetInt("b")));
    }

    [Fact]
    public void What_is_not_there_is_ignored_unless_required()
    {
        Assert.Equal(1, Parse("include \"none\", a = 1").GetInt("a"));
        var error = Assert.Throws<HoconParserException>(() => Parse("a = 1\ninclude required(\"none\")"));
        Assert.Equal((2, 1), (error.LineNumber, error.LinePosition));
        Assert.Contains("\"none\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_name_the_text_that_they_are_in()
    {
        var error = Assert.Throws<HoconParserException>(() => Parse("include \"bad.conf\"", ("bad.conf", "a = 1\nb = }")));
        Assert.StartsWith("bad.conf, line 2, column 5: ", error.Message, StringComparison.Ordinal);
        var value = Assert.Throws<HoconValueException>(() => Parse("include \"x.conf\"", ("x.conf", "a = q")).GetInt("a"));
        Assert.Contains("(x.conf, line 1, column 5)", value.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_that_include_each_other_are_an_error()
    {
        var error = Assert.Throws<HoconParserException>(() => Parse("include \"a\"", ("a", "\ninclude \"b\""), ("b", "include \"a\"")));
        Assert.StartsWith("b, line 1, column 1: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("File a -> File b -> File a", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Endless_includes_of_new_names_end()
    {
        var error = Assert.Throws<HoconParserException>(() => HoconParser.Parse("include \"x\"", (_, name) => Task.FromResult($"include \"{name}x\"")));
        Assert.Contains("more than 64 deep", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_included_array_is_an_error() =>
        Assert.Contains("expected an object", Assert.Throws<HoconParserException>(() => Parse("include \"x\"", ("x", "[1]"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_callback_that_fails_is_an_error_at_the_statement()
    {
        var error = Assert.Throws<HoconParserException>(() => HoconParser.Parse("a = 1\n include \"x\"", (_, _) => throw new IOException("disk on fire")));
        Assert.Equal((2, 2), (error.LineNumber, error.LinePosition));
        Assert.IsType<IOException>(error.InnerException);
        Assert.Contains("disk on fire", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_include_files_beside_them()
    {
        var folder = Directory.CreateTempSubdirectory("hocon");
        try
        {
            var main = Path.Combine(folder.FullName, "main.conf");
            Directory.CreateDirectory(Path.Combine(folder.FullName, "sub"));
            File.WriteAllText(main, "include \"sub/one\"\ninclude \"missing.conf\"\nmain = 1");
            File.WriteAllText(Path.Combine(folder.FullName, "sub", "one.conf"), "include file(\"two.conf\")\none = 1");
            File.WriteAllText(Path.Combine(folder.FullName, "sub", "one.json"), "{ \"json\": 1, \"one\": 0 }");
            File.WriteAllText(Path.Combine(folder.FullName, "sub", "two.conf"), "two = oops");
            var config = HoconConfigurationFactory.FromFile(main);
            Assert.Equal((1, 1, 1), (config.GetInt("main"), config.GetInt("one"), config.GetInt("json")));
            var error = Assert.Throws<HoconValueException>(() => config.GetInt("two"));
            Assert.Contains($"{Path.Combine(folder.FullName, "sub", "two.conf")}, line 1, column 7", error.Message, StringComparison.Ordinal);

            File.WriteAllText(main, "include file(\"main.conf\")");
            Assert.Contains("leads back to itself", Assert.Throws<HoconParserException>(() => HoconConfigurationFactory.FromFile(main)).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static HoconRoot Parse(string text, params (string Name, string Text)[] included) =>
        HoconParser.Parse(text, (_, name) => Task.FromResult(Array.Find(included, i => i.Name == name).Text));
}
