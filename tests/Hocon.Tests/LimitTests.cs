namespace Actors.Hocon.Tests;

/// <summary>Hostile input ends in an error, and not in an exhausted stack or memory.</summary>
public class LimitTests
{
    public static TheoryData<string, string> Hostile { get; } = new()
    {
        { "arrays", "a = " + new string('[', 100_000) },
        { "objects", string.Concat(Enumerable.Repeat("a {", 100_000)) },
        { "path", string.Join('.', Enumerable.Repeat("a", 100_000)) + " = 1" },
        { "substitution path", "a = ${" + string.Join('.', Enumerable.Repeat("a", 100_000)) + "}" },
        { "reference chain", "a0 = 1\n" + string.Concat(Enumerable.Range(1, 10_000).Reverse().Select(i => $"a{i} = ${{a{i - 1}}}\n")) },
        { "nested references", "a0 = 1\n" + string.Concat(Enumerable.Range(1, 10_000).Select(i => $"a{i} {{ x = ${{a{i - 1}}} }}\n")) },
        { "doubling text", "a0 = 0123456789\n" + string.Concat(Enumerable.Range(1, 60).Select(i => $"a{i} = ${{a{i - 1}}}${{a{i - 1}}}\n")) },
        { "doubling arrays", "a0 = [1]\n" + string.Concat(Enumerable.Range(1, 60).Select(i => $"a{i} = ${{a{i - 1}}}${{a{i - 1}}}\n")) },
        { "doubling objects", "a0 { x = 1 }\n" + string.Concat(Enumerable.Range(1, 60).Select(i => $"a{i} {{ l = ${{a{i - 1}}}, r = ${{a{i - 1}}} }}\n")) },
        { "self reference", "a = x\n" + string.Concat(Enumerable.Repeat("a = ${a}y\n", 10_000)) },
        { "mutual references", string.Concat(Enumerable.Range(0, 12).Select(i => $"a{i} = {string.Concat(Enumerable.Range(0, 12).Select(j => $"${{?a{j}}}"))}\n")) },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Too_much_is_an_error(string what, string text)
    {
        var error = await Task.Run(() => Record.Exception(() => HoconParser.Parse(text))).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(error is HoconParserException { LineNumber: > 0 }, $"{what}: {error}");
    }

    [Fact]
    public void Long_lists_and_wide_objects_are_not_too_much()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"k{i} = [{i}, ${{k0}}] # comment\n"));
        var root = HoconParser.Parse("k0 = 0\n" + text[text.IndexOf('\n')..]);
        Assert.Equal([19_999, 0], root.GetIntList("k19999"));
    }

    [Fact]
    public void Many_layers_of_objects_are_not_too_much()
    {
        const int Layers = 20_000;
        var text = "b { x = 1 }\n" + string.Concat(Enumerable.Range(0, Layers).Select(i => $"a = ${{b}} {{ k{i} = {i} }}\n")) + "c = ${a.k7}";
        var root = HoconParser.Parse(text);
        Assert.Equal((Layers + 1, 7), (root.GetObject("a").Count, root.GetInt("c")));
    }

    [Fact]
    public void Includes_that_double_with_each_level_end()
    {
        var error = Assert.Throws<HoconParserException>(() => HoconParser.Parse("include \"x\"", (_, name) => Task.FromResult(
            name.Length > 40 ? "a = 1" : $"include \"{name}0\"\ninclude \"{name}1\"")));
        Assert.Contains("more than 10000 includes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_documented_depth_is_reached()
    {
        var root = HoconParser.Parse(string.Concat(Enumerable.Repeat("a {", 255)) + " a = 1 " + new string('}', 255));
        Assert.Equal(1, root.GetInt(string.Join('.', Enumerable.Repeat("a", 256))));
    }
}
