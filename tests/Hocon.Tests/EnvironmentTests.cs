namespace Actors.Hocon.Tests;

public class EnvironmentTests
{
    [Fact]
    public void A_substitution_falls_back_to_the_environment()
    {
        Assert.Equal("/from here", Parse("a = ${HOME_X}", ("HOME_X", "/from here")).Text("a"));
        Assert.Equal("/from here:/x", Parse("PATH_X = ${PATH_X}\":/x\"", ("PATH_X", "/from here")).Text("PATH_X"));
        Assert.Equal("2", Parse("a = 1, a = ${?A}", ("A", "2")).Text("a"));
        Assert.Equal("1", Parse("a = 1, a = ${?A}").Text("a"));
    }

    [Fact]
    public void A_variable_is_text_and_converted_where_a_number_is_asked_for()
    {
        var root = Parse("a = ${A}", ("A", "5"));
        Assert.Equal(ScalarKind.String, Assert.IsType<ConfigScalar>(root.Field("a")!.Value).Kind);
        Assert.Equal(5, root.Int("a"));
    }

    [Fact]
    public void A_value_in_the_text_wins_and_null_keeps_the_environment_out()
    {
        Assert.Equal("inside", Parse("A = inside, a = ${A}", ("A", "outside")).Text("a"));
        Assert.True(Parse("A = null, a = ${A}", ("A", "outside")).Field("a")!.Value.IsNull);
    }

    [Fact]
    public void A_variable_set_to_nothing_is_empty_and_not_missing()
    {
        Assert.Equal("", Parse("a = ${A}", ("A", "")).Text("a"));
        Assert.Equal("", Parse("a = 1, a = ${?A}", ("A", "")).Text("a"));
        Assert.Equal("x-y", Parse("a = x${A}-y", ("A", "")).Text("a"));
    }

    [Fact]
    public void A_list_is_read_from_numbered_variables()
    {
        Assert.Equal([1, 2], Parse("a = ${L[]}", ("L_0", "1"), ("L_1", "2"), ("L_3", "4")).Ints("a"));
        Assert.Equal([0, 1], Parse("a = [0] ${?L[]}", ("L_0", "1")).Ints("a"));
        Assert.Null(Parse("a = ${?L[]}").Field("a"));
        Assert.Equal([7], Parse("a = ${l[]}, l = [7]", ("l_0", "1")).Ints("a"));
        Assert.Contains("${L[]} refers to nothing", Assert.Throws<HoconFormatException>(() => Parse("a = ${L[]}", ("L", "1"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_names_the_variable_and_the_key()
    {
        var error = Assert.Throws<HoconFormatException>(() => Parse("\na = ${A}", ("A", "many")).Int("a"));
        Assert.Equal("line 2: a: found \"many\" (from environment variable A), expected a whole number from -2147483648 to 2147483647", error.Message);
    }

    [Fact]
    public void The_environment_is_that_of_the_process_by_default()
    {
        var name = $"HOCON_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(name, "x");
        Assert.Equal("x", new HoconDocument().AddText($"a = ${{{name}}}").ResolveObject().Text("a"));
        Environment.SetEnvironmentVariable(name, "");
        Assert.Equal("", new HoconDocument().AddText($"a = ${{{name}}}").ResolveObject().Text("a"));
        Environment.SetEnvironmentVariable(name, null);
        Assert.Throws<HoconFormatException>(() => new HoconDocument().AddText($"a = ${{{name}}}").Resolve());
    }

    private static ConfigObject Parse(string text, params (string Name, string Value)[] variables)
    {
        var options = new HoconOptions { Environment = name => Array.Find(variables, variable => variable.Name == name).Value };
        return new HoconDocument(options).AddText(text).ResolveObject();
    }
}
