using System.Text.RegularExpressions;
using Docs.Tests.Pages;

namespace Docs.Tests.Site;

/// <summary>The entries of docs/contents/toc.yml, which stands beside each page of the site.</summary>
internal static partial class Contents
{
    public const string File = "docs/contents/toc.yml";

    /// <exception cref="InvalidDataException">A line is none of the few kinds that the file is made of.</exception>
    public static List<Entry> Read()
    {
        var entries = new List<Entry>();
        var (section, name) = ("", "");
        var lines = Repository.Read(File).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith('#')) continue;
            var line = Line().Match(lines[i]);
            if (!line.Success) throw new InvalidDataException($"{File}:{i + 1}: expected '- name: NAME', 'href: PATH' or 'items:', found '{lines[i]}'");
            if (line.Groups["name"] is { Success: true } named)
            {
                name = named.Value.Trim('"');
                if (lines[i][0] == '-') section = name;
            }
            else if (line.Groups["href"] is { Success: true } href)
            {
                var target = href.Value.StartsWith("../", StringComparison.Ordinal) ? href.Value[3..] : throw new InvalidDataException($"{File}:{i + 1}: {href.Value} does not begin with ../");
                var (page, anchor) = target.Split('#', 2) is [var path, var heading] ? (path, heading) : (target, null);
                entries.Add(new Entry($"{File}:{i + 1}", section, name, page, anchor));
            }
        }
        return entries;
    }

    [GeneratedRegex("""^ *(- name: (?<name>\S.*)|href: (?<href>\S+)|items:)$""")]
    private static partial Regex Line();

    /// <param name="Where">The file and the line.</param>
    /// <param name="Section">The name of the outermost entry that it stands in.</param>
    /// <param name="Name">What a reader sees.</param>
    /// <param name="Page">The path of the page, from the folder docs.</param>
    /// <param name="Anchor">The heading that it leads to, or null for the page's beginning.</param>
    public sealed record Entry(string Where, string Section, string Name, string Page, string? Anchor);
}
