using Akka.Configuration;
using Akka.Configuration.Hocon;
using FsCheck.Xunit;

namespace Actors.Hocon.Tests;

/// <summary>What the writer writes, Akka's built-in parser reads as the same values.</summary>
public class AkkaTests
{
    public static TheoryData<string> Strings { get; } =
    [
        "x", "", "two words", "say \"hi\"", "\"", "\"\"\"", "'", "\\", "\\n", "a\\\\b", "C:\\Temp\\x", "two\nlines", "a\tb", "a\r\nb", "a\bb\fc", "\u0001",
        "é消息😀", "${x}", "${?x}", "$", "a#b", "// no comment", "{x}", "[1]", "a,b", "a : b", "a = b", "+=", "include \"x\"", "true", "off", "5", "0x10", "1e3", "10 s", "128 KiB",
        "tcp://*:5555", "Actors.Host.Running.StandardErrorLogger, Actors.Host", "a  b", "a\u00a0b", "a\u2028b", "}", "]", "},", "*", "`?!@&^",
    ];

    public static TheoryData<string> Keys { get; } =
    [
        "k", "k-k_k", "k.k", ".", "k k", "", "say \"hi\"", "b\\b", "/user/x/*", "é消", "include", "$a", "${a}", "a#b", "//x", "a{b}", "a:b=c", "two\nlines", "1", "true", "null", " k ", "[x]", "a,b", "+=",
    ];

    public static TheoryData<string> Documents { get; } =
    [
        "",
        "a = 1, b { c = true, d { e = [x, \"y, z\"], f {} } }, g = null",
        "a = [[1, 2], [], [[x]]], b = [{ c = 1, d { e = [1] } }, { c = 2 }], e = [{}, {}]",
        "a = [1, null, x], b = [{ c = [{ d = 1 }, { d = [{ e = 2 }] }] }], c = x",
        "a { b { c { d { e = 1 } } } }, f { g = [], h = [ \"}\", \"]\" ] }, i = 5",
        "base { x = 1, l = [1] }, a = ${base} { y = 2 }, a.l += 2, p = ${a.x}\" and \"${a.y}",
        "t { 10ms = 10ms, half = 0.5 s, size = 16 KiB, n = -1.5e3 }",
    ];

    [Theory]
    [MemberData(nameof(Strings))]
    public void Reads_a_string(string text)
    {
        var read = ReadByAkka($"a = {HoconWriter.Quote(text)}, b = [{HoconWriter.Quote(text)}, x], c = end");
        Assert.Equal(text, read.GetString("a"));
        Assert.Equal([text, "x"], read.GetStringList("b"));
        Assert.Equal("end", read.GetString("c"));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Reads_a_key(string key)
    {
        var root = ReadByAkka($"{HoconWriter.Quote(key)} {{ x = 1 }}, {HoconWriter.Quote(key + "2")} = y").Root.GetObject();
        Assert.Equal([key, key + "2"], root.Items.Keys);
        Assert.Equal("1", root.GetKey(key).GetObject().GetKey("x").GetString());
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Reads_a_document(string text)
    {
        var value = Texts.ParseObject(text);
        var written = HoconWriter.Write(value);
        AssertSame(value, ConfigurationFactory.ParseString(written).Root, written);
    }

    [Property(MaxTest = 500)]
    public void Reads_documents_full_of_substitutions(int seed)
    {
        var text = new RandomDocument(seed).Write();
        if (Record.Exception(() => Texts.Parse(text)) is null)
        {
            Reads_a_document(text);
        }
    }

    [Fact]
    public void Reads_numbers_durations_and_sizes_as_they_are()
    {
        var read = ReadByAkka("i = 5, q = \"5\", d = 10 s, h = 1.5s, s = 16 KiB, f = 1.5, t = true, o = off");
        Assert.Equal((5, 5), (read.GetInt("i"), read.GetInt("q")));
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1.5)), (read.GetTimeSpan("d"), read.GetTimeSpan("h")));
        Assert.Equal((16384L, 1.5), (read.GetByteSize("s"), read.GetDouble("f")));
        Assert.Equal((true, false), (read.GetBoolean("t"), read.GetBoolean("o")));
    }

    /// <summary>What no notation can tell Akka.</summary>
    [Theory]
    [InlineData(" x ", "x")]
    [InlineData("null", null)]
    public void Akka_trims_strings_and_has_its_own_null(string text, string? read) =>
        Assert.Equal(read, ReadByAkka($"a = {HoconWriter.Quote(text)}").GetString("a"));

    private static Config ReadByAkka(string text) => ConfigurationFactory.ParseString(HoconWriter.Write(Texts.ParseObject(text)));

    private static void AssertSame(ConfigValue expected, HoconValue actual, string text)
    {
        switch (expected)
        {
            case ConfigObject fields:
                var read = actual.IsObject() ? actual.GetObject().Items : new Dictionary<string, HoconValue>();
                Assert.True(fields.Fields.Select(field => field.Name).SequenceEqual(read.Keys), $"{text}\nhas for Akka the keys {string.Join(", ", read.Keys)}");
                foreach (var field in fields.Fields)
                {
                    AssertSame(field.Value, read[field.Name], text);
                }

                break;
            case ConfigArray array:
                Assert.Equal(array.Items.Count, actual.GetArray().Count);
                foreach (var (item, other) in array.Items.Zip(actual.GetArray()))
                {
                    AssertSame(item, other, text);
                }

                break;
            case ConfigScalar scalar:
                Assert.Equal(scalar.IsNull ? null : scalar.Text, actual.GetString());
                break;
        }
    }
}
