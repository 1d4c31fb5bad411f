using Actors.Hocon.Syntax;

namespace Actors.Hocon;

/// <summary>A text has characters that make no token: a reserved character, an open string, a bad escape.</summary>
public sealed class HoconTokenizerException : Exception, IHoconLineInfo
{
    internal HoconTokenizerException(Origin origin, string value, string message)
        : base($"{origin}: {message}")
    {
        Origin = origin;
        Value = value;
    }

    internal Origin Origin { get; }

    /// <summary>Line of the error, from 1.</summary>
    public int LineNumber => Origin.Line;

    /// <summary>Column of the error, from 1.</summary>
    public int LinePosition => Origin.Column;

    /// <summary>The characters that were found.</summary>
    public string Value { get; }
}
