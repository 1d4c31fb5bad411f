namespace Actors.Hocon.Tests;

public class IncludeTests
{
    [Fact]
    public void Included_keys_stand_in_the_place_of_the_statement()
    {
        var root = Texts.ParseFiles("a = 1, b = 1\ninclude \"x.conf\"\nb = 3", ("x.conf", "a = 2, b = 2, c = 2"));
        Assert.Equal((2, 3, 2), (root.Int("a"), root.Int("b"), root.Int("c")));
    }

    [Fact]
    public void Substitutions_of_the_included_text_start_from_where_it_is_included()
    {
        var root = Texts.ParseFiles("a { include \"foo.conf\" }\na { x = 42 }", ("foo.conf", "x = 10, y = ${x}"));
        Assert.Equal(42, root.Int("a.y"));
    }

    [Fact]
    public void And_from_the_root_if_there_is_nothing()
    {
        var root = Texts.ParseFiles("a { include \"foo.conf\" }, shared = 7", ("foo.conf", "y = ${shared}"));
        Assert.Equal(7, root.Int("a.y"));
    }

    [Fact]
    public void Included_texts_include_others_and_merge()
    {
        var root = Texts.ParseFiles("a.b { include \"one\" }", ("one", "c { include \"two\", x = ${y} }, y = 1"), ("two", "x = 0, z = ${x}"));
        Assert.Equal((1, 1), (root.Int("a.b.c.x"), root.Int("a.b.c.z")));
    }

    [Fact]
    public void An_include_in_an_array_merges_into_its_element()
    {
        var root = Texts.ParseFiles("a = [{ include \"x.conf\", b = 2 }]\ns = 3", ("x.conf", "{ b = 1, c = ${s} }"));
        var item = Assert.IsType<ConfigObject>(root.Field("a")!.Value.Items!.Single());
        Assert.Equal((2, 3), (item.Int("b"), item.Int("c")));
    }

    [Theory]
    [InlineData("include \"n\"")]
    [InlineData("include file(\"n\")")]
    [InlineData("include required(\"n\")")]
    [InlineData("include required( file(\"n\") )")]
    [InlineData("include\n\n\"n\"")]
    [InlineData("include file(\n\"n\" )")]
    [InlineData("{ include \"n\" }")]
    public void Each_notation_includes(string text) => Assert.Equal(1, Texts.ParseFiles(text, ("n", "a = 1")).Int("a"));

    [Theory]
    [InlineData("include url(\"http://x/y.conf\")", "url(\"http://x/y.conf\")")]
    [InlineData("include \"http://x/y.conf\"", "url(\"http://x/y.conf\")")]
    [InlineData("include classpath(\"y\")", "classpath(\"y\")")]
    [InlineData("include resource(\"y\")", "resource(\"y\")")]
    [InlineData("include required( url(\"n\") )", "url(\"n\")")]
    public void What_is_no_file_is_refused(string text, string shown)
    {
        var error = Assert.Throws<HoconFormatException>(() => Texts.ParseFiles("\n" + text));
        Assert.StartsWith($"{Texts.PathOf("main.conf")}:2: cannot include {shown[..^1]}", error.Message, StringComparison.Ordinal);
        Assert.Contains("only files can be included", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("include \"none.conf\", a = 1")]
    [InlineData("include \"none\"\na = 1")]
    [InlineData("include file(\"none.conf\")\na = 1")]
    [InlineData("include \"sub/none.conf\"\na = 1")]
    public void A_missing_file_is_ignored(string text) => Assert.Equal(1, Texts.ParseFiles(text).Int("a"));

    [Theory]
    [InlineData("a = 1\ninclude required(\"none\")")]
    [InlineData("a = 1\ninclude required(file(\"none\"))")]
    public void A_missing_file_that_is_required_is_an_error(string text)
    {
        var error = Assert.Throws<HoconFormatException>(() => Texts.ParseFiles(text));
        Assert.Equal($"{Texts.PathOf("main.conf")}:2: cannot include \"none\": there is no file \"{Texts.PathOf("none")}\"", error.Message);
    }

    [Fact]
    public void A_missing_extension_takes_json_and_conf_together()
    {
        var root = Texts.ParseFiles("include \"x\"", ("x.json", "{ \"a\": 1, \"b\": 1 }"), ("x.conf", "b = 2"));
        Assert.Equal((1, 2), (root.Int("a"), root.Int("b")));
        Assert.Equal(3, Texts.ParseFiles("include \"x\"", ("x", "a = 3"), ("x.conf", "a = 2")).Int("a"));
        Assert.Equal(2, Texts.ParseFiles("include required(\"x\")", ("x.conf", "a = 2")).Int("a"));
        Assert.Empty(Texts.ParseFiles("include file(\"x\")", ("x.conf", "a = 2")).Fields);
    }

    [Fact]
    public void Names_are_relative_to_the_file_that_includes()
    {
        var root = Texts.ParseFiles("include \"sub/one.conf\"", (Path.Combine("sub", "one.conf"), "include \"two.conf\"\ninclude \"../three.conf\""), (Path.Combine("sub", "two.conf"), "a = 2"), ("three.conf", "b = 3"));
        Assert.Equal((2, 3), (root.Int("a"), root.Int("b")));
    }

    [Fact]
    public void Errors_name_the_file_that_they_are_in_as_the_user_would()
    {
        var options = new HoconOptions { ReadFile = path => Path.GetFileName(path) == "main.conf" ? "include \"sub/bad.conf\"" : "a = 1\nb = }" };
        var error = Assert.Throws<HoconFormatException>(() => new HoconDocument(options).AddFile("main.conf"));
        Assert.Equal("sub/bad.conf:2: column 5: found '}', expected a value", error.Message);
        var value = Assert.Throws<HoconFormatException>(() => Texts.ParseFiles("include \"x.conf\"", ("x.conf", "a = q")).Int("a"));
        Assert.StartsWith($"{Texts.PathOf("x.conf")}:1: a: found \"q\"", value.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_include_each_other_are_an_error_that_names_the_chain()
    {
        var error = Assert.Throws<HoconFormatException>(() => Texts.ParseFiles("include \"a\"", ("a", "\ninclude \"b\""), ("b", "include \"a\"")));
        var (a, b) = (Texts.PathOf("a"), Texts.PathOf("b"));
        Assert.Equal($"{b}:1: cannot include \"a\": the file includes itself: {a} -> {b} -> {a}", error.Message);
        Assert.Contains("the file includes itself: ", Assert.Throws<HoconFormatException>(() => Texts.ParseFiles("include \"main.conf\"")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_includes_of_one_file_are_no_cycle() =>
        Assert.Equal(1, Texts.ParseFiles("a { include \"x\" }\nb { include \"x\" }", ("x", "c = 1")).Int("b.c"));

    [Fact]
    public void Endless_includes_of_new_names_end()
    {
        var options = new HoconOptions { ReadFile = path => $"include \"{Path.GetFileName(path)}x\"" };
        var error = Assert.Throws<HoconFormatException>(() => new HoconDocument(options).AddFile("x"));
        Assert.Contains("more than 64 deep", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_included_array_is_an_error() =>
        Assert.Contains("expected an object", Assert.Throws<HoconFormatException>(() => Texts.ParseFiles("include \"x\"", ("x", "[1]"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_at_the_statement()
    {
        var options = new HoconOptions { ReadFile = path => Path.GetFileName(path) == "m" ? "a = 1\n include \"x\"" : throw new IOException("disk on fire") };
        var error = Assert.Throws<HoconFormatException>(() => new HoconDocument(options).AddFile("m"));
        Assert.Equal((2, 2), (error.Origin.Line, error.Origin.Column));
        Assert.IsType<IOException>(error.InnerException);
        Assert.Equal("m:2: cannot include \"x\": disk on fire", error.Message);
    }

    [Fact]
    public void A_text_includes_absolute_paths_only()
    {
        var options = Texts.Files(("x.conf", "a = 1"));
        Assert.Equal(1, new HoconDocument(options).AddText($"include {HoconWriter.Quote(Texts.PathOf("x.conf"))}").ResolveObject().Int("a"));
        Assert.Throws<HoconFormatException>(() => new HoconDocument(options).AddText("include \"x.conf\""));
    }

    [Fact]
    public void Files_are_read_from_disk_by_default()
    {
        var folder = Directory.CreateTempSubdirectory("hocon");
        try
        {
            var main = Path.Combine(folder.FullName, "main.conf");
            Directory.CreateDirectory(Path.Combine(folder.FullName, "sub"));
            File.WriteAllText(main, "include \"sub/one\"\ninclude \"missing.conf\"\ninclude \"none/missing.conf\"\nmain = 1");
            File.WriteAllText(Path.Combine(folder.FullName, "sub", "one.conf"), "include file(\"two.conf\")\none = 1");
            File.WriteAllText(Path.Combine(folder.FullName, "sub", "one.json"), "{ \"json\": 1, \"one\": 0 }");
            File.WriteAllText(Path.Combine(folder.FullName, "sub", "two.conf"), "two = oops");
            var root = new HoconDocument().AddFile(main).ResolveObject();
            Assert.Equal((1, 1, 1), (root.Int("main"), root.Int("one"), root.Int("json")));
            Assert.Equal(Path.Combine(folder.FullName, "sub", "two.conf"), root.Field("two")!.Origin.Source);

            Assert.Contains("there is no file", Assert.Throws<HoconFormatException>(() => new HoconDocument().AddFile(Path.Combine(folder.FullName, "none.conf"))).Message, StringComparison.Ordinal);
            Assert.Contains("cannot be read", Assert.Throws<HoconFormatException>(() => new HoconDocument().AddFile(folder.FullName)).Message, StringComparison.Ordinal);
            File.WriteAllBytes(main, [(byte)'a', (byte)'=', 0xff]);
            Assert.Contains("is not UTF-8", Assert.Throws<HoconFormatException>(() => new HoconDocument().AddFile(main)).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
