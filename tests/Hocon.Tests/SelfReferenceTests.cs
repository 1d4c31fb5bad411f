namespace Actors.Hocon.Tests;

/// <summary>The section "Self-Referential Substitutions" of the specification.</summary>
public class SelfReferenceTests
{
    public static TheoryData<string, string> Examples { get; } = new()
    {
        { "path : \"a:b:c\", path : ${path}\":d\"", "path : \"a:b:c:d\"" },
        { "path : [ /etc, /home ], path : ${path} [ /usr/bin ]", "path : [ /etc, /home, /usr/bin ]" },
        { "foo : { a : { c : 1 } }, foo : ${foo.a}, foo : { a : 2 }", "foo : { a : 2, c : 1 }" },
        { "bar : { foo : 42, baz : ${bar.foo} }", "bar : { foo : 42, baz : 42 }" },
        { "bar : { foo : 42, baz : ${bar.foo} }, bar : { foo : 43 }", "bar : { foo : 43, baz : 43 }" },
        { "bar : { a : ${foo.d}, b : 1 }, bar.b : 3, foo : { c : ${bar.b}, d : 2 }, foo.d : 4", "bar : { a : 4, b : 3 }, foo : { c : 3, d : 4 }" },
        { "a : ${?a}foo", "a : foo" },
        { "a : ${?a}", "{}" },
        { "a : { b : 5 }, a : ${?a.b}", "a : 5" },
        { "a.b : x, a.b : ${a.b}y, a.b : ${a.b}z", "a.b : xyz" },
        { "a : { b : { b : 1 } }, a : ${a.b}", "a : { b : 1 }" },
        { "b { x : 1, y : ${a.x} }, a : ${b}", "a { x : 1, y : 1 }, b { x : 1, y : 1 }" },
        { "base { path : [x] }, a : ${base} { path : ${a.path} [y] }", "base { path : [x] }, a { path : [x, y] }" },
        { "a : ${b}, b { x : 1, y : ${a.x} }", "a { x : 1, y : 1 }, b { x : 1, y : 1 }" },
        { "a { b { c : 1 } }, a { d : ${a.b} { e : ${a.b.c} } }", "a { b { c : 1 }, d { c : 1, e : 1 } }" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void Look_back(string text, string same) => Texts.AssertSame(Texts.Parse(same), Texts.Parse(text), text);

    [Theory]
    [InlineData("a : ${a}", 1, 5)]
    [InlineData("a : ${a}bc", 1, 5)]
    [InlineData("a : { b : ${a} }", 1, 11)]
    [InlineData("a : [${a}]", 1, 6)]
    [InlineData("a : ${b}\nb : ${a}", 2, 5)]
    [InlineData("a : ${b}\nb : ${c}\nc : ${a}", 3, 5)]
    [InlineData("a { x : ${b} }, b { y : ${a} }", 1, 25)]
    [InlineData("a : ${b.x}\nb : ${a.y}", 2, 5)]
    [InlineData("a : 1\na : ${b}\nb : { c : ${a} }", 3, 11)]
    [InlineData("b : { c : ${a} }\na : 1\na : ${b}", 3, 5)]
    public void A_cycle_is_an_error(string text, int line, int column)
    {
        var error = Assert.Throws<HoconFormatException>(() => Texts.Parse(text));
        Assert.Contains("cycle", error.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (error.Origin.Line, error.Origin.Column));
    }

    [Fact]
    public void A_cycle_names_the_keys_that_it_runs_through() =>
        Assert.Equal(
            "line 3: found a cycle: ${a} refers back to itself (a -> b -> c), expected a value assigned before it",
            Assert.Throws<HoconFormatException>(() => Texts.Parse("a : ${b}\nb : ${c}\nc : ${a}")).Message);

    [Fact]
    public void A_hidden_substitution_is_not_looked_at() =>
        Assert.Equal(42, Texts.ParseObject("foo : ${does-not-exist}, foo : 42").Int("foo"));

    [Fact]
    public void Appending_ten_thousand_times_is_linear()
    {
        var text = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"a += {i}\n"));
        Assert.Equal(Enumerable.Range(0, 10_000), Texts.ParseObject(text).Ints("a"));
    }
}
