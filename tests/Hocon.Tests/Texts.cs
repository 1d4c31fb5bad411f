namespace Actors.Hocon.Tests;

/// <summary>Parses texts, and compares what they mean.</summary>
internal static class Texts
{
    /// <summary>The folder of the files that only exist in a test.</summary>
    public static string Folder { get; } = Path.GetFullPath("/conf");

    public static ConfigValue Parse(string text) => new HoconDocument(NoEnvironment).AddText(text).Resolve();

    public static ConfigObject ParseObject(string text) => (ConfigObject)Parse(text);

    /// <summary>The value of a text.</summary>
    public static ConfigValue Value(string text) => ParseObject($"a = {text}").Field("a")!.Value;

    /// <summary>Parses main.conf, which may include the files by their names.</summary>
    public static ConfigObject ParseFiles(string main, params (string Name, string Text)[] files) =>
        new HoconDocument(Files([("main.conf", main), .. files])).AddFile(PathOf("main.conf")).ResolveObject();

    public static HoconOptions Files(params (string Name, string Text)[] files) =>
        NoEnvironment with { ReadFile = path => Array.Find(files, file => PathOf(file.Name) == path).Text };

    public static string PathOf(string name) => Path.Combine(Folder, name);

    public static int Int(this ConfigObject root, string path) => root.Get(path, ConfigTypes.Int32);

    public static string Text(this ConfigObject root, string path) => root.Get(path, ConfigTypes.Text);

    public static IReadOnlyList<int> Ints(this ConfigObject root, string path) => root.Get(path, ConfigTypes.Int32.List);

    /// <summary>Whether two values mean the same: kind and text of scalars, elements of arrays in order, keys of objects in any order.</summary>
    public static bool Same(ConfigValue left, ConfigValue right) => (left, right) switch
    {
        (ConfigScalar l, ConfigScalar r) => (l.Kind, l.Text) == (r.Kind, r.Text),
        (ConfigArray l, ConfigArray r) => l.Items.Count == r.Items.Count && l.Items.Zip(r.Items).All(static pair => Same(pair.First, pair.Second)),
        (ConfigObject l, ConfigObject r) => l.Fields.Count == r.Fields.Count
            && l.Fields.All(field => r.Field(field.Name) is { } other && Same(field.Value, other.Value)),
        _ => false,
    };

    public static void AssertSame(ConfigValue expected, ConfigValue actual, string text) =>
        Assert.True(Same(expected, actual), $"{text}\nis\n{HoconWriter.Write(actual)}\nand not\n{HoconWriter.Write(expected)}");

    private static HoconOptions NoEnvironment { get; } = new() { Environment = static _ => null };
}
