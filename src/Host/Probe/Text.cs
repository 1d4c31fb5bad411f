using System.Text;

namespace Actors.Host.Probe;

/// <summary>Bytes of a peer, which may be anything, as text for a terminal and a log.</summary>
internal static class Text
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Bytes as ASCII without spaces; what does not print is "_".</summary>
    public static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var one in bytes) text.Append(one is > 0x20 and < 0x7F ? (char)one : '_');
        return text.ToString();
    }

    /// <summary>Bytes as they are where they are UTF-8 without control characters, otherwise as 0x and hexadecimal digits.</summary>
    public static string TextOrHex(ReadOnlySpan<byte> bytes) => TextOrNull(bytes) ?? $"0x{Convert.ToHexStringLower(bytes)}";

    /// <summary>Bytes as they are where they are UTF-8 without control characters, otherwise null.</summary>
    public static string? TextOrNull(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var text = s_strict.GetString(bytes);
            return text.Any(char.IsControl) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The first line of the bytes in quotes where it prints, otherwise the first bytes in hexadecimal digits.</summary>
    public static string Quote(ReadOnlySpan<byte> bytes, int most)
    {
        var end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
        var line = end > 0 ? bytes[..end] : bytes;
        if (!line.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            return line.Length <= most ? $"\"{Encoding.ASCII.GetString(line)}\"" : $"\"{Encoding.ASCII.GetString(line[..most])}...\"";
        var shown = bytes[..Math.Min(bytes.Length, most / 2)];
        return $"the bytes {Convert.ToHexStringLower(shown)}{(shown.Length < bytes.Length ? "..." : "")}";
    }

    /// <summary>An enum's name in lower case with hyphens.</summary>
    public static string Kebab<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
