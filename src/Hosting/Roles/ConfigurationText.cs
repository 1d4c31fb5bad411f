using System.Globalization;
using System.Text;
using Actors.Hocon;
using Microsoft.Extensions.Configuration;

namespace Actors.Hosting;

/// <summary>Writes a section of an app's configuration as HOCON.</summary>
internal static class ConfigurationText
{
    /// <summary>The section of roles, whose names stay as they are; the keys of each are written as in HOCON files.</summary>
    public static string Of(IConfigurationSection roles) => Braces(roles.GetChildren().Select(role => (role.Key, Value(role))));

    /// <summary>The name of a key that may be written as in C#: <c>InboundWindow</c> is <c>inbound-window</c>.</summary>
    public static string KeyOf(string name)
    {
        var key = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && key.Length > 0 && key[^1] != '-') key.Append('-');
            key.Append(char.ToLowerInvariant(letter));
        }
        return key.ToString();
    }

    private static string Value(IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        if (children.Count == 0) return section.Value is { } text ? HoconWriter.Quote(text) : "null";
        return children.TrueForAll(child => int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? $"[{string.Join(", ", children.Select(Value))}]"
            : Braces(children.Select(child => (KeyOf(child.Key), Value(child))));
    }

    private static string Braces(IEnumerable<(string Key, string Value)> fields) =>
        $"{{ {string.Join(", ", fields.Select(field => $"{HoconWriter.Quote(field.Key)} : {field.Value}"))} }}";
}
