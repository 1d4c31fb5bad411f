using System.Globalization;
using System.Xml;
using Actors.Hocon.Extensions;

namespace Actors.Hocon.Tests;

/// <summary>The public elements of a parsed document.</summary>
public class ModelTests
{
    private static readonly HoconRoot Sample = HoconParser.Parse("a { b { c = 1 }, l = [x, { y = 2 }], t = some text }, \"k.k\" = q, r = ${a.b}, o = ${?none}");

    [Fact]
    public void Values_are_found_by_path()
    {
        Assert.Equal("1", Sample.GetValue("a.b.c").GetString());
        Assert.Equal(1, Sample.GetInt(new HoconPath(["a", "b", "c"])));
        Assert.Equal("q", Sample.GetString("\"k.k\""));
        Assert.Equal(1, Sample.GetInt("r.c"));
        Assert.True(Sample.HasPath("a.b"));
        Assert.False(Sample.HasPath("a.b.c.d"));
        Assert.False(Sample.TryGetValue("o", out _));
        Assert.Equal(["a", "\"k.k\"", "r"], Sample.AsEnumerable().Select(f => f.Value.Path.Value));
    }

    [Fact]
    public void Defaults_stand_in_for_what_is_missing()
    {
        Assert.Equal(9, Sample.GetInt("none", 9));
        Assert.Equal("d", Sample.GetString("none", "d"));
        Assert.Equal(8L, Sample.GetByteSize("none", 8));
        Assert.Equal(TimeSpan.FromSeconds(1), Sample.GetTimeSpan("none", TimeSpan.FromSeconds(1)));
        Assert.Equal(["z"], Sample.GetStringList("none", ["z"]));
        Assert.Null(Sample.GetObject("none", null));
        Assert.Equal(1, Sample.GetInt("a.b.c", 9));
        Assert.Throws<HoconValueException>(() => Sample.GetInt("a.t", 9));
        Assert.Throws<HoconValueException>(() => Sample.GetInt("a..b", 9));
    }

    [Fact]
    public void Fields_know_their_path_and_parents()
    {
        var field = Sample.GetObject("a.b").GetField("c");
        Assert.Equal("a.b.c", field.Path.Value);
        Assert.Same(Sample.GetObject("a.b"), field.Parent);
        Assert.Equal("c", field.Path.Key);
        Assert.Same(field, Sample.Value.GetObject()[HoconPath.Parse("a.b.c")]);
        Assert.Contains("expected one of: c", Assert.Throws<KeyNotFoundException>(() => Sample.GetObject("a.b")["d"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Substitutions_are_listed_with_what_took_their_place()
    {
        Assert.Equal(["${a.b}", "${?none}"], Sample.Substitutions.Select(s => s.Raw));
        var first = Sample.Substitutions.First();
        Assert.Equal((true, "a.b", 1), (first.Required, first.Path.Value, first.LineNumber));
        Assert.Equal(1, first.ResolvedValue.GetObject()["c"].Value.GetInt());
        Assert.Equal(HoconType.Empty, Sample.Substitutions.Last().Type);
    }

    [Fact]
    public void Values_and_fields_tell_where_they_were_written()
    {
        var root = HoconParser.Parse("\n\n  a = [1,\n 2]");
        IXmlLineInfo field = root.Value.GetObject()["a"];
        Assert.True(field.HasLineInfo());
        Assert.Equal((3, 3), (field.LineNumber, field.LinePosition));
        IXmlLineInfo second = root.GetValue("a").GetArray()[1];
        Assert.Equal((4, 2), (second.LineNumber, second.LinePosition));
        Assert.Equal("line 3, column 3", string.Format(CultureInfo.InvariantCulture, "{0:origin}", field));
        Assert.Equal("configuration built in code", string.Format(CultureInfo.InvariantCulture, "{0:origin}", new HoconValue(null)));
    }

    [Fact]
    public void Lists_and_objects()
    {
        Assert.Equal([HoconType.String, HoconType.Object], Sample.GetValue("a.l").GetArray().Select(v => v.Type));
        var indexed = HoconParser.Parse("a { 10 = c, 2 = b, 1 = a }, o = [{ x = 1 }, { x = 2 }]");
        Assert.Equal(["a", "b", "c"], indexed.GetStringList("a"));
        Assert.Equal([1, 2], indexed.GetObjectList("o").Select(o => o["x"].Value.GetInt()));
        Assert.False(indexed.GetValue("a").TryGetIntList(out _));
        Assert.True(indexed.GetValue("a").TryGetStringList(out var list));
        Assert.Equal(3, list.Count);
        var unwrapped = HoconParser.Parse("a { b = [1, {c = x}] }").Value.GetObject().Unwrapped;
        var inner = Assert.IsType<Dictionary<string, object?>>(unwrapped["a"], exactMatch: false);
        Assert.Equal("1", Assert.IsType<List<object?>>(inner["b"])[0]);
    }

    [Fact]
    public void Objects_merge_over_and_behind_each_other()
    {
        var target = HoconParser.Parse("a { x = 1, y = 1 }, n = 1").Value.GetObject();
        var other = HoconParser.Parse("a { y = 2, z = 2 }, n { q = 1 }, m = 2").Value.GetObject();
        var over = (HoconObject)target.Clone(null);
        over.Merge(other);
        Assert.Equal(HoconParser.Parse("a { x = 1, y = 2, z = 2 }, n { q = 1 }, m = 2").Value.GetObject(), over);
        var behind = (HoconObject)target.Clone(null);
        behind.FallbackMerge(other);
        Assert.Equal(HoconParser.Parse("a { x = 1, y = 1, z = 2 }, n = 1, m = 2").Value.GetObject(), behind);
        Assert.Equal(HoconParser.Parse("a { x = 1, y = 1 }, n = 1").Value.GetObject(), target);
    }

    [Fact]
    public void Values_can_be_put_together_in_code()
    {
        var text = new HoconValue(null) { new HoconUnquotedString(null, "a"), new HoconWhitespace(null, " "), new HoconLong(null, "1") };
        Assert.Equal((HoconType.String, "a 1", "\"a 1\""), (text.Type, text.GetString(), text.ToString()));
        var mixed = new HoconValue(null) { new HoconLong(null, "1"), new HoconObject(null) };
        Assert.Throws<HoconException>(() => mixed.GetInt());
        Assert.False(mixed.TryGetInt(out _));
        Assert.False(mixed.TryGetObject(out _));
        Assert.Equal(5, new HoconValue(null) { new HoconLong(null, "5") }.AtKey("k").GetInt("k"));
        Assert.Throws<HoconException>(() => new HoconEmptyValue().Add(new HoconNull(null)));
        Assert.True(HoconType.Number.IsMergeable(HoconType.String));
        Assert.False(HoconType.Array.IsMergeable(HoconType.Object));
    }

    [Fact]
    public void Paths()
    {
        var path = HoconPath.Parse("a.\"b.c\".\"\".d e");
        Assert.Equal(["a", "b.c", "", "d e"], path);
        Assert.Equal("a.\"b.c\".\"\".\"d e\"", path.Value);
        Assert.Equal(path, HoconPath.Parse(path.Value));
        Assert.Equal("a.\"b.c\"", path.SubPath(2).Value);
        Assert.Equal("\"b.c\"", path.SubPath(1, 1).Value);
        Assert.False(HoconPath.TryParse("a..b", out _));
        Assert.False(HoconPath.TryParse("", out _));
        Assert.False(HoconPath.TryParse("a.\"b", out _));
        Assert.True(HoconPath.Empty.IsEmpty);
    }
}
