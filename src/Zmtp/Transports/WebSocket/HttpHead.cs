using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Actors.Zmtp.Transports.WebSocket;

/// <summary>The head of an HTTP request or response (RFC 9112): the first line, and the fields behind it.</summary>
internal sealed class HttpHead
{
    /// <summary>The most octets of a head.</summary>
    public const int MaxLength = 8 * 1024;

    private readonly Dictionary<string, string> _fields = new(StringComparer.OrdinalIgnoreCase);

    private HttpHead(string firstLine) => FirstLine = firstLine;

    public string FirstLine { get; }

    /// <summary>The octets of a head with the empty line at its end; zero when that has not come yet.</summary>
    public static int FindEnd(ReadOnlySpan<byte> received)
    {
        int end = received.IndexOf("\r\n\r\n"u8);
        return end < 0 ? 0 : end + 4;
    }

    /// <summary>Reads a whole head; null with the error when it breaks a rule.</summary>
    public static HttpHead? Parse(ReadOnlySpan<byte> octets, out string? error)
    {
        string[] lines = Encoding.Latin1.GetString(octets).Split("\r\n");
        HttpHead head = new(lines[0]);
        foreach (string line in lines.AsSpan(1))
        {
            if (line.Length == 0)
            {
                continue;
            }

            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line.AsSpan(0, colon).ContainsAny(" \t"))
            {
                error = $"\"{line}\" is no field; expected \"Name: value\"";
                return null;
            }

            string name = line[..colon];
            string value = line[(colon + 1)..].Trim(' ', '\t');
            head._fields[name] = head._fields.TryGetValue(name, out string? before) ? before + "," + value : value;
        }

        error = null;
        return head;
    }

    public bool TryGet(string name, [NotNullWhen(true)] out string? value) => _fields.TryGetValue(name, out value);

    /// <summary>The value is this one.</summary>
    public bool Is(string name, string value) => TryGet(name, out string? found) && found.Equals(value, StringComparison.OrdinalIgnoreCase);

    /// <summary>The items of a list; none when the field is not there.</summary>
    public string[] List(string name)
        => TryGet(name, out string? value) ? value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];

    public bool Lists(string name, string item) => List(name).Contains(item, StringComparer.OrdinalIgnoreCase);
}
