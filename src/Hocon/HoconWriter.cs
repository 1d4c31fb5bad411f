using System.Globalization;
using System.Text;

namespace Actors.Hocon;

/// <summary>
/// Writes values as plain HOCON, which also Akka's built-in parser reads: no substitutions, one field a line, and every
/// string in quotes.
/// </summary>
/// <remarks>Akka itself trims a string when it is read, and takes the string <c>"null"</c> for null; no notation prevents that.</remarks>
public static class HoconWriter
{
    private const int Indent = 2;

    /// <summary>The value as text. The fields of an object stand without braces around them.</summary>
    public static string Write(ConfigValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var text = new StringBuilder();
        if (value is ConfigObject root)
        {
            AppendFields(text, root, 0);
        }
        else
        {
            AppendValue(text, value, 0);
        }

        return text.ToString();
    }

    /// <summary>The text in quotes, with escapes where they are needed.</summary>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var quoted = new StringBuilder(text.Length + 2);
        AppendQuoted(quoted, text);
        return quoted.ToString();
    }

    private static void AppendFields(StringBuilder text, ConfigObject fields, int level)
    {
        foreach (var field in fields.Fields)
        {
            text.Append(' ', level * Indent).Append(ConfigPath.FormatKey(field.Name)).Append(" : ");
            AppendValue(text, field.Value, level);
            text.Append('\n');
        }
    }

    private static void AppendValue(StringBuilder text, ConfigValue value, int level)
    {
        switch (value)
        {
            case ConfigScalar { Kind: ScalarKind.String } scalar:
                AppendQuoted(text, scalar.Text);
                break;
            case ConfigScalar scalar:
                text.Append(scalar.Text);
                break;
            case ConfigObject fields:
                text.Append("{\n");
                AppendFields(text, fields, level + 1);
                text.Append(' ', level * Indent).Append('}');
                break;
            case ConfigArray array:
                AppendArray(text, array, level);
                break;
        }
    }

    private static void AppendArray(StringBuilder text, ConfigArray array, int level)
    {
        text.Append('[');
        for (var i = 0; i < array.Items.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            AppendValue(text, array.Items[i], level);
        }

        text.Append(']');
    }

    private static void AppendQuoted(StringBuilder quoted, string text)
    {
        quoted.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                < ' ' or '\ufeff' or '\u2028' or '\u2029' => quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => quoted.Append(c),
            };
        }

        quoted.Append('"');
    }
}
