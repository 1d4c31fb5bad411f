namespace Actors.Hocon.Tests;

/// <summary>The tree of values: paths, origins, and what was overridden.</summary>
public class ValueTests
{
    private static readonly ConfigObject Sample = Texts.ParseObject("a { b { c = 1 }, l = [x, { y = 2 }], t = some text }, \"k.k\" = q, r = ${a.b}, o = ${?none}, n = null");

    [Fact]
    public void Values_are_found_by_path()
    {
        Assert.Equal("1", Sample.Text("a.b.c"));
        Assert.Equal("q", Sample.Text("\"k.k\""));
        Assert.Equal(1, Sample.Int("r.c"));
        Assert.NotNull(Sample.FieldAt("a.b"));
        Assert.Null(Sample.FieldAt("a.b.c.d"));
        Assert.Null(Sample.FieldAt("o"));
        Assert.Equal(["a", "k.k", "r", "n"], Sample.Fields.Select(field => field.Name));
        Assert.Same(Sample.FieldAt("a.t"), ((ConfigObject)Sample.Field("a")!.Value).Field("t"));
    }

    [Fact]
    public void Defaults_stand_in_for_what_is_missing_or_null()
    {
        Assert.Equal(9, Sample.Get("none", ConfigTypes.Int32, 9));
        Assert.Equal(9, Sample.Get("n", ConfigTypes.Int32, 9));
        Assert.Equal(["z"], Sample.Get("none", ConfigTypes.Text.List, ["z"]));
        Assert.Equal(1, Sample.Get("a.b.c", ConfigTypes.Int32, 9));
        Assert.Throws<HoconFormatException>(() => Sample.Get("a.t", ConfigTypes.Int32, 9));
        Assert.Throws<HoconFormatException>(() => Sample.Get("a..b", ConfigTypes.Int32, 9));
    }

    [Fact]
    public void An_object_with_numbered_keys_is_an_array_where_one_is_expected()
    {
        Assert.Equal(["a", "b", "c"], Texts.ParseObject("a { 10 = c, 2 = b, 1 = a, x = ignored }").Get("a", ConfigTypes.Text.List));
        Assert.Null(Texts.Value("{ x = 1 }").Items);
        Assert.Null(Texts.Value("{}").Items);
        Assert.Null(Texts.Value("1").Items);
        Assert.Equal(2, Texts.Value("[1, { y = 2 }]").Items!.Count);
    }

    [Fact]
    public void Keys_and_values_tell_where_they_are_written()
    {
        var root = new HoconDocument().AddText("\n\n  a = [1,\n 2]\n  b =\n   x", "t").ResolveObject();
        Assert.Equal(new Origin("t", 3, 3), root.Field("a")!.Origin);
        Assert.Equal(new Origin("t", 3, 7), root.Field("a")!.Value.Origin);
        Assert.Equal(new Origin("t", 4, 2), root.Field("a")!.Value.Items![1].Origin);
        Assert.Equal((5, 6), (root.Field("b")!.Origin.Line, root.Field("b")!.Value.Origin.Line));
        Assert.Equal("t:4", root.Field("a")!.Value.Items![1].Origin.ToString());
    }

    [Fact]
    public void A_merged_object_keeps_the_origin_of_each_leaf()
    {
        var root = Texts.ParseFiles("a { x = 1, y = 1 }\ninclude \"b.conf\"\na.z = 3\nc = ${a} {\n y = 4 }", ("b.conf", "\n\n a { y = 2 }"));
        var (main, other) = (Texts.PathOf("main.conf"), Texts.PathOf("b.conf"));
        Assert.Equal([(main, 1), (other, 3), (main, 3)], Origins("a"));
        Assert.Equal([(main, 1), (main, 5), (main, 3)], Origins("c"));
        Assert.Equal((other, 3), (root.Field("a")!.Origin.Source, root.Field("a")!.Origin.Line));

        IEnumerable<(string?, int)> Origins(string name) => ((ConfigObject)root.Field(name)!.Value).Fields.Select(field => (field.Origin.Source, field.Origin.Line));
    }

    [Fact]
    public void A_substituted_value_has_the_origin_of_its_text_and_its_field_that_of_the_key()
    {
        var root = Texts.ParseObject("a = x\nb = ${a}");
        Assert.Equal((2, 1), (root.Field("b")!.Origin.Line, root.Field("b")!.Value.Origin.Line));
    }

    [Fact]
    public void A_substitution_that_is_not_there_leaves_the_origin_of_the_default() =>
        Assert.Equal(1, Texts.ParseObject("a = 5\na = ${?none}").Field("a")!.Origin.Line);

    [Theory]
    [InlineData("a = 1\nb = 2\na = 3", 1)]
    [InlineData("a = 1\na = 2\na = 3", 2)]
    [InlineData("a = [1]\na { b = 1 }", 1)]
    [InlineData("a { b = 1 }\na = 1", 1)]
    [InlineData("a = ${b}\nb = 1\na = 3", 1)]
    [InlineData("a = 1", null)]
    [InlineData("a { b = 1 }\na { c = 1 }", null)]
    [InlineData("b = 2\na = 1\na = ${b}", null)]
    [InlineData("a = [1]\na += 2", null)]
    public void A_field_knows_what_it_overrode(string text, int? line) => Assert.Equal(line, Texts.ParseObject(text).Field("a")!.Overrode?.Line);

    [Theory]
    [InlineData("a { x = 1 }\na { y = 2 }", 1)]
    [InlineData("a { x = 1 }\na.z = 3\na { y = 2 }", 1)]
    [InlineData("a.x = 1\na.y = 2", null)]
    [InlineData("a.x = 1\na { y = 2 }", null)]
    [InlineData("a { x = 1 }\na.y = 2", null)]
    [InlineData("a { x = 1 }", null)]
    public void A_field_knows_the_section_that_its_own_has_merged_with(string text, int? line) => Assert.Equal(line, Texts.ParseObject(text).Field("a")!.Merged?.Line);

    [Theory]
    [InlineData("a { b = 1 }\na { b = 2 }")]
    [InlineData("a.b = 1\na { b = 2 }")]
    [InlineData("a { b = 1\nb = 2 }\nc = ${a}")]
    public void Also_in_objects_that_merge(string text) => Assert.Equal(1, Texts.ParseObject(text).FieldAt("a.b")!.Overrode?.Line);

    [Theory]
    [InlineData("a.\"b.c\".\"\".d e", new[] { "a", "b.c", "", "d e" }, "a.\"b.c\".\"\".\"d e\"")]
    [InlineData("a", new[] { "a" }, "a")]
    [InlineData("/user/x", new[] { "/user/x" }, "/user/x")]
    [InlineData("\"//\".\"include\"", new[] { "//", "include" }, "\"//\".\"include\"")]
    public void Paths(string path, string[] keys, string formatted)
    {
        Assert.Equal(keys, ConfigPath.Keys(path));
        Assert.Equal(formatted, ConfigPath.Format(keys));
        Assert.Equal(keys, ConfigPath.Keys(formatted));
    }

    [Theory]
    [InlineData("a..b")]
    [InlineData("")]
    [InlineData("a.")]
    [InlineData("a.\"b")]
    [InlineData("a = 1")]
    [InlineData("${a}")]
    public void Malformed_paths(string path) =>
        Assert.StartsWith($"the path '{path}': ", Assert.Throws<HoconFormatException>(() => ConfigPath.Keys(path)).Message, StringComparison.Ordinal);
}
