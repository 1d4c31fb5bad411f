using System.Reflection;
using System.Text.RegularExpressions;

namespace Packages.Tests;

/// <summary>The packages that docs/packages.md lists.</summary>
internal static partial class Shipped
{
    public const string Tool = "Actors.Tool";

    public const string Templates = "Actors.Templates";

    public static string Repository { get; } = Metadata("RepositoryRoot");

    /// <summary>The configuration that this assembly, and all that ships with it, was built in.</summary>
    public static string Configuration { get; } = Metadata("Configuration");

    public static IReadOnlyList<string> Names { get; } =
        [.. Row().Matches(File.ReadAllText(Path.Combine(Repository, "docs", "packages.md")).ReplaceLineEndings("\n")).Select(row => row.Groups["name"].Value).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<string> Libraries { get; } = [.. Names.Except([Tool, Templates])];

    private static string Metadata(string key) =>
        typeof(Shipped).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;

    [GeneratedRegex(@"^\| `(?<name>Actors[\w.]*)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
