using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Packages.Tests;

/// <summary>A package as it lies in the folder.</summary>
internal sealed class Package(string path) : IDisposable
{
    private readonly ZipArchive _zip = ZipFile.OpenRead(path);

    public IEnumerable<string> Files => _zip.Entries.Select(entry => entry.FullName);

    public string Readme => Encoding.UTF8.GetString(Read("README.md")).ReplaceLineEndings("\n");

    /// <summary>The value of a property of its metadata; null without it.</summary>
    public string? this[string property] => Metadata(property)?.Value;

    public XElement? Metadata(string property)
    {
        var specification = XDocument.Load(new MemoryStream(Read(Files.Single(file => file.EndsWith(".nuspec", StringComparison.Ordinal)))));
        return specification.Descendants().FirstOrDefault(element => element.Name.LocalName == property);
    }

    public byte[] Read(string file)
    {
        var entry = _zip.GetEntry(file) ?? throw new InvalidOperationException($"{path} has no {file}; it has {string.Join(", ", Files)}");
        using var content = entry.Open();
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        return copy.ToArray();
    }

    public void Dispose() => _zip.Dispose();
}
