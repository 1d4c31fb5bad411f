using System.Text;

namespace Actors.Hosting.Handlers;

/// <summary>A terminal. What peers have sent is escaped before it is written here, because a terminal obeys control characters.</summary>
/// <param name="terminal">Safe to use from any thread.</param>
internal sealed class TerminalWriter(TextWriter terminal) : TextWriter
{
    public override Encoding Encoding => terminal.Encoding;

    public override void Write(char value) => terminal.Write(value);

    public override void WriteLine(string? value) => terminal.WriteLine(value);

    public override void Flush() => terminal.Flush();
}

/// <summary>Text of a stranger, in which control characters are shown and not obeyed.</summary>
internal static class EscapedText
{
    /// <summary>The text, with each control character but the tab as its code.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAny(s_controls)) return text;
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                _ when s_controls.Contains(c) => escaped.Append($"\\u{(int)c:x4}"),
                _ => escaped.Append(c),
            };
        }
        return escaped.ToString();
    }

    // Those of Unicode, and the marks that change the direction or the lines of what follows.
    private static readonly System.Buffers.SearchValues<char> s_controls = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0, 0x2100).Select(code => (char)code).Where(c => (char.IsControl(c) && c != '\t') || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069'))]);
}
