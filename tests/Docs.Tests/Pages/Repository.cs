namespace Docs.Tests.Pages;

/// <summary>The files of the repository that these tests are built from.</summary>
internal static class Repository
{
    public static string Root => DocumentedCode.Repository;

    /// <summary>The text of a file, named from the root.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>All pages in Markdown, named from the root.</summary>
    public static IEnumerable<string> Pages =>
        Directory.GetFiles(Root, "*.md").Concat(Directory.GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)).Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal);
}
