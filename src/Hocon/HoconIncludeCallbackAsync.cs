namespace Actors.Hocon;

/// <summary>Where an <c>include</c> statement asks its text from.</summary>
public enum HoconCallbackType
{
    /// <summary><c>include "name"</c> and <c>include file("name")</c>.</summary>
    File,

    /// <summary><c>include url("name")</c>.</summary>
    Url,

    /// <summary><c>include classpath("name")</c> and <c>include resource("name")</c>.</summary>
    Resource,
}

/// <summary>
/// Delivers the text that an <c>include</c> statement names. A null result (or null task) means that there is
/// no such text: the statement is ignored unless it says <c>required(...)</c>. An exception becomes a
/// <see cref="HoconParserException"/> at the include statement.
/// </summary>
public delegate Task<string> HoconIncludeCallbackAsync(HoconCallbackType callbackType, string value);
