using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace Akka.Tests.Configuration;

public class HoconValueTests
{
    [Fact]
    public void Values_of_a_text()
    {
        var config = ConfigurationFactory.ParseString("a { b = [1, 2], c = text, d = 5s, e = null, f { g = on } }, h = ${a.c}");
        var a = config.GetValue("a")!;
        Assert.True(a.IsObject() && !a.IsArray() && !a.IsString());
        Assert.Equal([1, 2], a.GetChildObject("b")!.GetIntList());
        Assert.Equal("text", a.GetChildObject("c")!.GetString());
        Assert.Equal(TimeSpan.FromSeconds(5), a.GetChildObject("d")!.GetTimeSpan());
        Assert.Null(a.GetChildObject("e")!.GetString());
        Assert.True(a.ToConfig().GetBoolean("f.g"));
        Assert.True(a.AtKey("k").GetBoolean("k.f.g"));
        Assert.Null(a.GetChildObject("none"));
        Assert.Equal("text", config.GetString("h"));
        Assert.Equal([("a.c", "text")], config.Substitutions.Select(s => (s.Path, s.ResolvedValue!.GetString()!)));
        Assert.Contains("line 1, column 21", Assert.Throws<ConfigurationException>(() => a.GetChildObject("c")!.GetInt()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_made_in_code()
    {
        var fields = new HoconObject();
        fields.GetOrCreateKey("x").AppendValue(new HoconLiteral { Value = "1" });
        fields.GetOrCreateKey("l").AppendValue(new HoconArray { new HoconValue([new HoconLiteral { Value = "a" }]) });
        var value = new HoconValue();
        Assert.True(value.IsEmpty);
        value.AppendValue(fields);
        var config = new Config(new HoconRoot(value));
        Assert.Equal(1, config.GetInt("x"));
        Assert.Equal(["a"], config.GetStringList("l"));
        value.NewValue(new HoconLiteral { Value = "t" });
        Assert.Equal("t", value.GetString());
        Assert.Equal("a b", new HoconValue([new HoconLiteral { Value = "a " }, new HoconLiteral { Value = "b" }]).GetString());
    }

    [Fact]
    public void Objects_merge()
    {
        var target = ConfigurationFactory.ParseString("a { x = 1, y = 1 }").Root.GetObject()!;
        target.Merge(ConfigurationFactory.ParseString("a { y = 2 }, b = 2").Root.GetObject()!);
        Assert.Equal("a {\n  x : 1\n  y : 2\n}\nb : 2", new Config(new HoconRoot(new HoconValue([target]))).ToString());
        Assert.Equal("2", target.Unwrapped["b"]);
    }

    [Fact]
    public void Includes_are_asked_from_the_callback()
    {
        var config = ConfigurationFactory.ParseString(
            "a { include \"x\", y = 2 }", name => name == "x" ? Parser.Parse("y = 1, n { z = 1 }", null) : null);
        Assert.Equal((2, 1), (config.GetInt("a.y"), config.GetInt("a.n.z")));
        Assert.Contains("include", Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString("include \"x\"")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parsed_include_is_not_changed_by_who_includes_it()
    {
        var shared = Parser.Parse("n { z = 1 }", null);
        var config = ConfigurationFactory.ParseString("include \"x\"\nn.q = 2", _ => shared);
        Assert.Equal(2, config.GetInt("n.q"));
        Assert.False(new Config(shared).HasPath("n.q"));
    }

    [Fact]
    public void An_object_becomes_a_configuration()
    {
        var config = ConfigurationFactory.FromObject(new { a = 1, b = new { c = "x", d = new[] { 1, 2 } } });
        Assert.Equal((1, "x"), (config.GetInt("a"), config.GetString("b.c")));
        Assert.Equal([1, 2], config.GetIntList("b.d"));
    }
}
