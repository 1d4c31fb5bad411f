using Akka.Configuration;

namespace Akka.Tests.Configuration;

public class FallbackTests
{
    [Fact]
    public void The_first_layer_wins_and_objects_merge()
    {
        var config = Parse("a { x = 1, n { p = 1 } }").WithFallback(Parse("a { x = 2, y = 2, n { q = 2 } }, b = 2"));
        Assert.Equal(1, config.GetInt("a.x"));
        Assert.Equal(2, config.GetInt("a.y"));
        Assert.Equal(1, config.GetInt("a.n.p"));
        Assert.Equal(2, config.GetInt("a.n.q"));
        Assert.Equal(2, config.GetInt("b"));
        Assert.Equal(2, config.GetConfig("a")!.GetInt("n.q"));
        Assert.Equal(["a", "b"], config.AsEnumerable().Select(f => f.Key).Order());
    }

    [Fact]
    public void A_value_that_is_no_object_hides_what_is_behind_it()
    {
        var config = Parse("a = 42").WithFallback(Parse("a { y = 2 }"));
        Assert.False(config.HasPath("a.y"));
        Assert.Equal(42, config.GetInt("a"));
        var three = Parse("a { x = 1 }").WithFallback(Parse("a = 42")).WithFallback(Parse("a { y = 2 }"));
        Assert.False(three.HasPath("a.y"));
    }

    [Fact]
    public void Layers_stack_in_order_however_they_are_put_together()
    {
        Config first = "x = 1", second = "x = 2, y = 2", third = "x = 3, y = 3, z = 3";
        foreach (var config in new[] { first.WithFallback(second).WithFallback(third), first.WithFallback(second.WithFallback(third)) })
        {
            Assert.Equal((1, 2, 3), (config.GetInt("x"), config.GetInt("y"), config.GetInt("z")));
        }
    }

    [Fact]
    public void Layering_leaves_the_layers_as_they_were()
    {
        var upper = Parse("a.x = 1");
        var lower = Parse("a.y = 2");
        Assert.True(upper.WithFallback(lower).HasPath("a.y"));
        Assert.False(upper.HasPath("a.y"));
        Assert.False(lower.HasPath("a.x"));
    }

    [Fact]
    public void An_empty_layer_changes_nothing()
    {
        var config = Parse("a = 1");
        Assert.Same(config, config.WithFallback(Config.Empty));
        Assert.Same(config, Config.Empty.WithFallback(config));
        Assert.Same(config, config.WithFallback(null));
        Assert.Throws<ArgumentException>(() => config.WithFallback(config));
    }

    [Fact]
    public void Strings_add_up_with_configurations()
    {
        Assert.Equal(1, (Parse("a = 1") + "a = 2, b = 2").GetInt("a"));
        Assert.Equal(2, (Parse("a = 1") + "a = 2, b = 2").GetInt("b"));
        Assert.Equal(3, ("a = 3" + Parse("a = 1")).GetInt("a"));
    }

    [Fact]
    public void The_text_of_a_layer_or_of_all_of_them()
    {
        var config = Parse("a = 1").WithFallback(Parse("b = 2"));
        Assert.Equal("a : 1", config.ToString());
        Assert.Equal("b : 2\na : 1", config.ToString(true));
    }

    private static Config Parse(string text) => ConfigurationFactory.ParseString(text);
}
