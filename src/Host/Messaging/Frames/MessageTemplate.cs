using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Actors.Host.Commands;

namespace Actors.Host.Messaging.Frames;

/// <summary>
/// Text with fields that are filled in for each message: <c>{n}</c>, <c>{time}</c>, <c>{unix}</c>, <c>{uuid}</c>, <c>{random:N}</c>, and in a reply
/// <c>{text}</c> and <c>{size}</c> of the request. Other braces stand for themselves, so that JSON needs no escapes; <c>{{</c> is one brace.
/// </summary>
internal sealed class MessageTemplate
{
    /// <summary>The fields, for help and errors.</summary>
    public const string Fields = "{n} the number of the message from 1, {time} now in UTC, {unix} now in milliseconds, {uuid}, {random:N} N letters and digits";

    /// <summary>The fields that only a reply has.</summary>
    public const string ReplyFields = "{text} the request as text, {size} its bytes";

    private const int MostRandom = 64 * 1024 * 1024;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private readonly List<Action<StringBuilder, Values>> _parts = [];
    private readonly bool _isReply;

    /// <param name="template">The text.</param>
    /// <param name="isReply">Whether there is a request.</param>
    /// <exception cref="ToolException">A field is not known.</exception>
    public MessageTemplate(string template, bool isReply = false)
    {
        _isReply = isReply;
        var literal = new StringBuilder();
        for (var at = 0; at < template.Length; at++)
        {
            if (template[at] == '{' && at + 1 < template.Length && template[at + 1] == '{')
            {
                literal.Append('{');
                at++;
            }
            else if (template[at] == '{' && FieldAt(template, at) is { } field)
            {
                var text = literal.ToString();
                if (text.Length > 0) _parts.Add((line, _) => line.Append(text));
                literal.Clear();
                _parts.Add(Part(field));
                at += field.Length + 1;
            }
            else literal.Append(template[at]);
        }
        var rest = literal.ToString();
        if (rest.Length > 0) _parts.Add((line, _) => line.Append(rest));
    }

    /// <summary>The bytes of a message in UTF-8.</summary>
    /// <param name="number">From 1.</param>
    /// <param name="now">The time of the message.</param>
    /// <param name="request">The frames of the request; null where there is none.</param>
    public byte[] Render(long number, DateTimeOffset now, IReadOnlyList<ReadOnlyMemory<byte>>? request = null)
    {
        var line = new StringBuilder();
        var values = new Values(number, now, request);
        foreach (var part in _parts) part(line, values);
        return Encoding.UTF8.GetBytes(line.ToString());
    }

    /// <summary>What stands between the brace and the next one, if it looks like a field: a word, or a word, a colon and a number.</summary>
    private static string? FieldAt(string template, int open)
    {
        var close = template.IndexOf('}', open);
        if (close < 0) return null;
        var field = template[(open + 1)..close];
        var word = field.Split(':', 2);
        return word[0].Length > 0 && word[0].All(char.IsAsciiLetter) && (word.Length == 1 || word[1].All(char.IsAsciiDigit)) ? field : null;
    }

    private Action<StringBuilder, Values> Part(string field) => field switch
    {
        "n" => static (line, values) => line.Append(CultureInfo.InvariantCulture, $"{values.Number}"),
        "time" => static (line, values) => line.Append(values.Now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture)),
        "unix" => static (line, values) => line.Append(CultureInfo.InvariantCulture, $"{values.Now.ToUnixTimeMilliseconds()}"),
        "uuid" => static (line, _) => line.Append(Guid.NewGuid()),
        "text" when _isReply => static (line, values) => line.AppendJoin(' ', values.Request!.Select(frame => Encoding.UTF8.GetString(frame.Span))),
        "size" when _isReply => static (line, values) => line.Append(CultureInfo.InvariantCulture, $"{values.Request!.Sum(frame => frame.Length)}"),
        _ when field.StartsWith("random:", StringComparison.Ordinal) && int.TryParse(field.AsSpan(7), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= MostRandom =>
            (line, _) => line.Append(RandomNumberGenerator.GetString(Alphabet, length)),
        _ => throw ToolException.Usage($"--template has the unknown field {{{field}}}: expected {Fields}{(_isReply ? $", {ReplyFields}" : "")}; {{{{ for a brace"),
    };

    private readonly record struct Values(long Number, DateTimeOffset Now, IReadOnlyList<ReadOnlyMemory<byte>>? Request);
}
