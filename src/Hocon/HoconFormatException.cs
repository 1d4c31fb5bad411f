namespace Actors.Hocon;

/// <summary>A text is not HOCON, or a value is not what was asked for. The message begins with file and line.</summary>
public sealed class HoconFormatException : FormatException
{
    internal HoconFormatException(Origin origin, string fault, Exception? cause = null)
        : this(origin, null, fault, cause)
    {
    }

    internal HoconFormatException(Origin origin, string? path, string fault, Exception? cause = null)
        : base(path is null ? $"{origin}: {fault}" : $"{origin}: {path}: {fault}", cause)
    {
        Origin = origin;
        Path = path;
        Fault = fault;
    }

    /// <summary>The place of the fault.</summary>
    public Origin Origin { get; }

    /// <summary>The path that was asked for. Null when the text itself is at fault.</summary>
    public string? Path { get; }

    /// <summary>What was found and what was expected.</summary>
    public string Fault { get; }

    /// <summary>A fault that only its column tells apart from the rest of the line.</summary>
    internal static HoconFormatException AtColumn(Origin origin, string fault) =>
        new(origin, origin.Column > 0 ? $"column {origin.Column}: {fault}" : fault);
}
