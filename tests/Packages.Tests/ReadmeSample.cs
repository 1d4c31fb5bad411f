using System.Text.RegularExpressions;
using Actors.Shared;

namespace Packages.Tests;

/// <summary>The sample of a package's README: a program or a file of the host, and what it prints.</summary>
internal sealed partial record ReadmeSample(string Text, IReadOnlyList<string> Printed)
{
    /// <summary>Takes the sample from a README; its ports become free ones.</summary>
    /// <param name="readme">The page, which has one block in the language, and behind it "prints" with what that prints.</param>
    /// <param name="language"><c>csharp</c> or <c>hocon</c>.</param>
    public static ReadmeSample Of(string readme, string language)
    {
        var blocks = Block().Matches(readme).Where(block => block.Groups["language"].Value == language).ToList();
        if (blocks is not [var sample]) throw new InvalidOperationException($"the README has {blocks.Count} blocks in {language} with \"prints\" behind them: expected one");
        var text = sample.Groups["text"].Value;
        foreach (var port in Port().Matches(text).Select(match => match.Value).Distinct().ToList())
            text = text.Replace(port, $":{FreePort.Next()}\"", StringComparison.Ordinal);
        return new ReadmeSample(text, sample.Groups["printed"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Fails unless the lines are among those that were printed, in order.</summary>
    public void Check(string printed)
    {
        var lines = printed.Split('\n').Select(line => line.TrimEnd()).ToList();
        var from = 0;
        foreach (var line in Printed)
        {
            var at = lines.IndexOf(line, from);
            Assert.True(at >= 0, $"expected the lines\n{string.Join('\n', Printed)}\nin this order; \"{line}\" is missing in\n{printed}");
            from = at + 1;
        }
    }

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<text>.*?)^```$\n+(and )?prints\n+```text\n(?<printed>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(""":55\d\d"(?!\d)""")]
    private static partial Regex Port();
}
