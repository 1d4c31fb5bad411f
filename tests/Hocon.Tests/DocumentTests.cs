namespace Actors.Hocon.Tests;

/// <summary>Documents of several parts.</summary>
public class DocumentTests
{
    [Fact]
    public void What_is_added_later_wins_and_objects_merge()
    {
        var root = Parse("b = 3, c = 3", "a { x = 2, y = 2, n { q = 2 } }, b = 2", "a { x = 1, n { p = 1 } }");
        Assert.Equal((1, 2, 1, 2, 2, 3), (root.Int("a.x"), root.Int("a.y"), root.Int("a.n.p"), root.Int("a.n.q"), root.Int("b"), root.Int("c")));
    }

    [Fact]
    public void A_value_that_is_no_object_hides_what_is_before_it()
    {
        Assert.Null(Parse("a { y = 2 }", "a = 42", "a { x = 1 }").FieldAt("a.y"));
        Assert.NotNull(Parse("a = 42", "a { y = 2 }", "a { x = 1 }").FieldAt("a.y"));
    }

    [Fact]
    public void Substitutions_see_all_parts()
    {
        var root = Parse("a = ${b}", "b = 1", "b = 2");
        Assert.Equal(2, root.Int("a"));
    }

    [Fact]
    public void A_value_that_is_set_wins_and_says_where_it_comes_from()
    {
        var root = new HoconDocument().AddText("a { b = 1, c = ${a.b} }", "text")
            .Set("a.b", "2", "--set a.b=2")
            .Set("a.\"k.k\"", "{ l = [1, ${a.b}] }", "--set second")
            .ResolveObject();
        Assert.Equal((2, 2), (root.Int("a.b"), root.Int("a.c")));
        Assert.Equal([1, 2], root.Ints("a.\"k.k\".l"));
        Assert.Equal(new Origin("--set a.b=2", 0), root.FieldAt("a.b")!.Origin);
        Assert.Equal("--set a.b=2", root.FieldAt("a.b")!.Value.Origin.ToString());
        Assert.Equal(new Origin("text", 1, 5), root.FieldAt("a.b")!.Overrode);
        Assert.Equal(new Origin("text", 1, 1), root.FieldAt("a")!.Origin);
        Assert.Equal("--set second", root.FieldAt("a.\"k.k\".l")!.Origin.ToString());
        var error = Assert.Throws<HoconFormatException>(() => root.Get("a.\"k.k\"", ConfigTypes.Int32));
        Assert.Equal("--set second: a.\"k.k\": found an object, expected a whole number from -2147483648 to 2147483647", error.Message);
    }

    [Theory]
    [InlineData("a", "[1", "--set: found the end of the text, expected ']'")]
    [InlineData("a", "1\nb = 2", "--set: found 'b', expected the end of the value")]
    [InlineData("a", "1, b = 2", "--set: found ',', expected the end of the value")]
    [InlineData("a", "", "--set: found the end of the text, expected a value")]
    [InlineData("a", "x:y", "--set: found ':', expected the end of the value")]
    [InlineData("a", "\"x", "--set: this string is not closed")]
    [InlineData("a..b", "1", "--set: found a path that begins or ends with '.'")]
    [InlineData("", "1", "--set: found the end of the text, expected a key")]
    [InlineData("a = 1, b", "1", "--set: found '=', expected the end of the path")]
    public void A_malformed_setting_names_its_source(string path, string value, string message)
    {
        var error = Assert.Throws<HoconFormatException>(() => new HoconDocument().Set(path, value, "--set"));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(new Origin("--set", 0), error.Origin);
    }

    [Fact]
    public void The_root_is_an_array_only_where_it_may_be()
    {
        Assert.IsType<ConfigArray>(Texts.Parse("[1, 2]"));
        Assert.Contains("found an array at the root", Assert.Throws<HoconFormatException>(() => new HoconDocument().AddText("\n[1]").ResolveObject()).Message, StringComparison.Ordinal);
        Assert.StartsWith("line 1: ", Assert.Throws<HoconFormatException>(() => new HoconDocument().AddText("a = 1").AddText("[1]")).Message, StringComparison.Ordinal);
        Assert.Throws<HoconFormatException>(() => new HoconDocument().AddText("[1]").AddText("a = 1"));
    }

    [Fact]
    public void Nothing_can_be_added_to_what_is_resolved()
    {
        var document = new HoconDocument().AddText("a = 1");
        Assert.Same(document.Resolve(), document.ResolveObject());
        Assert.Throws<InvalidOperationException>(() => document.AddText("a = 2"));
    }

    private static ConfigObject Parse(params string[] texts)
    {
        var document = new HoconDocument();
        foreach (var text in texts)
        {
            document.AddText(text);
        }

        return document.ResolveObject();
    }
}
