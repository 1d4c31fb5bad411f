using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Actors.Hocon.Tests;

/// <summary>No text does anything but parse, or fail in the documented way.</summary>
public class FuzzTests
{
    private static readonly string[] Fragments =
    [
        "a", "b", "a.b", ".", "\"", "\"x\"", "\"\"\"", "{", "}", "[", "]", ",", ":", "=", "+=", "+", "$", "${", "${?", "${a}", "${?a}", "${a.b}", "${b}",
        "\n", " ", "\t", "#", "//", "\\", "\\u00", "include", "include \"a\"", "required(", "file(", "url(", "[]", "(", ")", "true", "null", "1", "-", "1e", "0x", "1.5", "ms",
        "?", "*", "\u00a0", "\ufeff", "\ud800", "\0", "\r\n", "消", "_", "/", "a {", "a = ", "a = [", "b = ${a}", "a = ${b}", "a += ", "a.b = ",
    ];

    private static readonly string Main = Texts.PathOf("main");

    [Property(MaxTest = 3000, Arbitrary = [typeof(FragmentTexts)])]
    public void Fragments_in_any_order(FragmentText text) => Check(text.Text);

    [Property(MaxTest = 1000)]
    public void Any_text(string? text) => Check(text ?? "");

    [Property(MaxTest = 3000)]
    public void Substitutions_every_which_way(int seed)
    {
        var text = new RandomDocument(seed).Write();
        Check(text);
        ReadsBack(text);
    }

    /// <summary>A text that parses is written so that it parses back to the same.</summary>
    [Property(MaxTest = 2000, Arbitrary = [typeof(FragmentTexts)])]
    public void What_is_written_reads_back(FragmentText text) => ReadsBack(text.Text);

    private static void ReadsBack(string text)
    {
        if (TryParse(text) is { } root)
        {
            var written = HoconWriter.Write(root);
            Texts.AssertSame(root, Texts.Parse(written), $"{text}\nwritten as\n{written}");
        }
    }

    private static void Check(string text)
    {
        var parsing = Task.Run(() => TryParse(text));
        Assert.True(parsing.Wait(TimeSpan.FromSeconds(20)), $"Still parsing after 20 seconds: {text}");
    }

    private static ConfigValue? TryParse(string text)
    {
        try
        {
            var options = new HoconOptions { ReadFile = path => path == Main ? text : "a = 1, c = ${?b}", Environment = static _ => null };
            return new HoconDocument(options).AddFile(Main).Resolve();
        }
        catch (HoconFormatException error)
        {
            Assert.True(error.Origin is { Line: >= 1, Column: >= 1 }, error.Message);
            return null;
        }
    }

    public sealed record FragmentText(string Text);

    public static class FragmentTexts
    {
        public static Arbitrary<FragmentText> Any() =>
            Gen.Elements(Fragments).ListOf().Select(static parts => new FragmentText(string.Concat(parts))).ToArbitrary();
    }
}
