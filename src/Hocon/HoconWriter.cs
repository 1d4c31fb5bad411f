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
    /// <param name="value">The value.</param>
    /// <param name="withoutNulls">True to leave out the fields that are null.</param>
    public static string Write(ConfigValue value, bool withoutNulls = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        var text = new StringBuilder();
        if (value is ConfigObject root)
        {
            AppendFields(text, root, 0, withoutNulls);
        }
        else
        {
            AppendValue(text, value, 0, withoutNulls);
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

    private static void AppendFields(StringBuilder text, ConfigObject fields, int level, bool withoutNulls)
    {
        foreach (var field in fields.Fields)
        {
            if (withoutNulls && field.Value.IsNull)
            {
                continue;
            }

            text.Append(' ', level * Indent).Append(ConfigPath.FormatKey(field.Name)).Append(" : ");
            AppendValue(text, field.Value, level, withoutNulls);
            text.Append('\n');
        }
    }

    private static void AppendValue(StringBuilder text, ConfigValue value, int level, bool withoutNulls)
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
                AppendFields(text, fields, level + 1, withoutNulls);
                text.Append(' ', level * Indent).Append('}');
                break;
            case ConfigArray array:
                AppendArray(text, array, level, withoutNulls);
                break;
        }
    }

    private static void AppendArray(StringBuilder text, ConfigArray array, int level, bool withoutNulls)
    {
        text.Append('[');
        for (var i = 0; i < array.Items.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            AppendValue(text, array.Items[i], level, withoutNulls);
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
