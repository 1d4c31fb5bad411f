namespace Actors.Hocon.Tests;

public class ConfigTests
{
    [Fact]
    public void The_first_layer_wins_and_objects_merge()
    {
        var config = Parse("a { x = 1, n { p = 1 } }").WithFallback(Parse("a { x = 2, y = 2, n { q = 2 } }, b = 2")).WithFallback(Parse("b = 3, c = 3"));
        Assert.Equal((1, 2, 1, 2, 2, 3), (config.GetInt("a.x"), config.GetInt("a.y"), config.GetInt("a.n.p"), config.GetInt("a.n.q"), config.GetInt("b"), config.GetInt("c")));
        Assert.Equal(2, config.Fallbacks.Count);
        Assert.Equal(2, config.GetConfig("a")!.GetInt("n.q"));
        Assert.Null(config.GetConfig("none"));
        Assert.Throws<HoconValueException>(() => config.GetConfig("b"));
        Assert.Equal("a {\n  x : 1\n  n {\n    p : 1\n  }\n}", config.ToString(false));
        Assert.Contains("c : 3", config.ToString(true), StringComparison.Ordinal);
        Assert.Contains("fallback 2", config.DumpConfig(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_is_no_object_hides_what_is_behind_it()
    {
        Assert.False(Parse("a { x = 1 }").WithFallback(Parse("a = 42")).WithFallback(Parse("a { y = 2 }")).HasPath("a.y"));
        Assert.True(Parse("a { x = 1 }").WithFallback(Parse("a { y = 2 }")).WithFallback(Parse("a = 42")).HasPath("a.y"));
    }

    [Fact]
    public void Empty_layers_change_nothing()
    {
        var config = Parse("a = 1");
        Assert.True(Config.Empty.IsEmpty && Config.Empty.IsNullOrEmpty() && HoconConfigurationFactory.Empty.IsEmpty);
        Assert.Same(config, config.WithFallback(Config.Empty));
        Assert.Same(config, Config.Empty.WithFallback(config));
        Assert.Same(config, ((Config?)null).SafeWithFallback(config));
        Assert.Throws<ArgumentException>(() => config.WithFallback(config));
    }

    [Fact]
    public void Strings_are_configurations()
    {
        Config config = "a = 1";
        Assert.Equal(1, (config + "a = 2, b = 2").GetInt("a"));
        Assert.Equal(3, ("a = 3" + config).GetInt("a"));
        Assert.Equal(Parse("a : 1"), config);
    }

    [Fact]
    public void A_missing_configuration_names_who_wants_it()
    {
        Assert.Equal("Failed to instantiate ConfigTests: Configuration does not contain `a.b` node", ConfigurationException.NullOrEmptyConfig<ConfigTests>("a.b").Message);
        Assert.Equal("Failed to instantiate ConfigTests: Configuration is null or empty.", ConfigurationException.NullOrEmptyConfig<ConfigTests>().Message);
    }

    private static Config Parse(string text) => HoconConfigurationFactory.ParseString(text);
}
