using Actors.Hocon.Syntax;

namespace Actors.Hocon;

/// <summary>Something that gives the line and column of a text.</summary>
internal interface IHoconLineInfo
{
    /// <summary>Line, from 1.</summary>
    int LineNumber { get; }

    /// <summary>Column, from 1.</summary>
    int LinePosition { get; }
}

/// <summary>The tokens of a text do not make a document, or a substitution or include in it fails.</summary>
public sealed class HoconParserException : Exception, IHoconLineInfo
{
    public HoconParserException()
    {
    }

    public HoconParserException(string message)
        : base(message)
    {
    }

    public HoconParserException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal HoconParserException(Origin origin, string message, Exception? innerException = null)
        : base($"{origin}: {message}", innerException)
    {
        Origin = origin;
    }

    internal Origin Origin { get; }

    /// <summary>Line of the error, from 1; 0 where it is not known.</summary>
    public int LineNumber => Origin.Line;

    /// <summary>Column of the error, from 1; 0 where it is not known.</summary>
    public int LinePosition => Origin.Column;
}
