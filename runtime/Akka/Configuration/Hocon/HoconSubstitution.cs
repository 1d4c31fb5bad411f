namespace Akka.Configuration.Hocon;

/// <summary>A reference to another value, <c>${path}</c>, and the value that took its place.</summary>
public class HoconSubstitution : IHoconElement, IMightBeAHoconObject
{
    public HoconSubstitution(string path) => Path = path;

    protected HoconSubstitution()
        : this("")
    {
    }

    public string Path { get; set; }

    /// <summary>Null when it was optional and nothing was there.</summary>
    public HoconValue? ResolvedValue { get; set; }

    public bool IsString() => ResolvedValue?.IsString() ?? false;

    public string? GetString() => ResolvedValue?.GetString();

    public bool IsArray() => ResolvedValue?.IsArray() ?? false;

    public IList<HoconValue> GetArray() => ResolvedValue?.GetArray() ?? [];

    public bool IsObject() => ResolvedValue?.IsObject() ?? false;

    public HoconObject? GetObject() => ResolvedValue?.GetObject();
}
