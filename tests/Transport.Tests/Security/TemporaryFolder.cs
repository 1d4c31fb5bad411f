namespace Transport.Tests.Security;

/// <summary>A folder that ends with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("actors-").FullName;

    public string PathOf(string name) => Path.Combine(_path, name);

    /// <summary>Writes the file and returns its path.</summary>
    public string Write(string name, params string[] lines)
    {
        File.WriteAllLines(PathOf(name), lines);
        return PathOf(name);
    }

    public IEnumerable<string> Names => Directory.GetFiles(_path).Select(path => Path.GetFileName(path));

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
