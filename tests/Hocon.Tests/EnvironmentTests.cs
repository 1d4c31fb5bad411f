namespace Actors.Hocon.Tests;

public class EnvironmentTests
{
    [Fact]
    public void A_substitution_falls_back_to_the_environment()
    {
        var name = $"HOCON_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(name, "/from here");
        Assert.Equal("/from here", HoconParser.Parse($"a = ${{{name}}}").GetString("a"));
        Assert.Equal("/from here:/x", HoconParser.Parse($"{name} = ${{{name}}}\":/x\"").GetString(name));
        Assert.Equal("/from here", HoconParser.Parse($"a = 1, a = ${{?{name}}}").GetString("a"));
    }

    [Fact]
    public void A_value_in_the_text_wins_and_null_keeps_the_environment_out()
    {
        var name = $"HOCON_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(name, "outside");
        Assert.Equal("inside", HoconParser.Parse($"{name} = inside, a = ${{{name}}}").GetString("a"));
        Assert.Null(HoconParser.Parse($"{name} = null, a = ${{{name}}}").GetString("a"));
    }

    [Fact]
    public void A_variable_set_to_nothing_is_not_there()
    {
        var name = $"HOCON_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(name, "");
        Assert.Throws<HoconParserException>(() => HoconParser.Parse($"a = ${{{name}}}"));
        Assert.False(HoconParser.Parse($"a = ${{?{name}}}").HasPath("a"));
    }
}
