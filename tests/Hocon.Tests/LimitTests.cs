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
        var error = await Task.Run(() => Record.Exception(() => Texts.Parse(text))).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(error is HoconFormatException { Origin.Line: > 0 }, $"{what}: {error}");
    }

    [Fact]
    public void Long_lists_and_wide_objects_are_not_too_much()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"k{i} = [{i}, ${{k0}}] # comment\n"));
        var root = Texts.ParseObject("k0 = 0\n" + text[text.IndexOf('\n')..]);
        Assert.Equal([19_999, 0], root.Ints("k19999"));
    }

    [Fact]
    public void Many_layers_of_objects_are_not_too_much()
    {
        const int Layers = 20_000;
        var text = "b { x = 1 }\n" + string.Concat(Enumerable.Range(0, Layers).Select(i => $"a = ${{b}} {{ k{i} = {i} }}\n")) + "c = ${a.k7}";
        var root = Texts.ParseObject(text);
        Assert.Equal((Layers + 1, 7), (((ConfigObject)root.Field("a")!.Value).Fields.Count, root.Int("c")));
    }

    [Fact]
    public void Includes_that_double_with_each_level_end()
    {
        var error = Assert.Throws<HoconFormatException>(() => Parse(name => name.Length > 40 ? "a = 1" : $"include file(\"{name}0\")\ninclude file(\"{name}1\")"));
        Assert.Contains("more than 10000 includes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_documented_depth_is_reached()
    {
        var root = Texts.ParseObject(string.Concat(Enumerable.Repeat("a {", 255)) + " a = 1 " + new string('}', 255));
        Assert.Equal(1, root.Int(string.Join('.', Enumerable.Repeat("a", 256))));
    }

    [Theory]
    [InlineData("a {", 100)]
    [InlineData("a = [", 100)]
    [InlineData("a { b = [", 50)]
    [InlineData("a = ${b", 1)]
    [InlineData("a = \"\"\"", 1)]
    [InlineData("a = \"", 1)]
    [InlineData("include file(\"x\"", 1)]
    [InlineData("a = { b = [{ c = \"x", 1)]
    public void What_is_left_open_is_an_error_with_its_line(string opening, int times) =>
        Assert.True(Assert.Throws<HoconFormatException>(() => Texts.Parse("\n" + string.Concat(Enumerable.Repeat(opening, times)))).Origin.Line == 2);

    [Fact]
    public void A_small_stack_is_not_exhausted()
    {
        Exception? error = null;
        var text = string.Concat(Enumerable.Repeat("a { b = [", 120)) + "${x}";
        var thread = new Thread(() => error = Record.Exception(() => Texts.Parse(text)), maxStackSize: 128 * 1024);
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromSeconds(30)), "the parser has not returned after 30 seconds");
        Assert.IsType<HoconFormatException>(error);
    }

    [Fact]
    public void A_huge_file_is_read_in_one_pass()
    {
        const int Keys = 100_000;
        var text = string.Concat(Enumerable.Range(0, Keys).Select(i => $"section{i % 1000}.key{i} = \"some text of some length, {i}\" # comment\n"));
        var root = Texts.ParseObject(text);
        Assert.Equal((1000, "some text of some length, 99999"), (root.Fields.Count, root.Text("section999.key99999")));
    }

    private static ConfigObject Parse(Func<string, string> textOf) =>
        new HoconDocument(new HoconOptions { ReadFile = path => textOf(Path.GetFileName(path)) }).AddFile(Texts.PathOf("x")).ResolveObject();
}
