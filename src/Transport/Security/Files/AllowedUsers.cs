using System.Security.Cryptography;
using System.Text;

namespace Actors.Transport;

/// <summary>The users that may connect: NAME PASSWORD a line; a line that begins with <c>#</c> is a comment.</summary>
internal static class AllowedUsers
{
    /// <exception cref="FormatException">A line has no password, or a name stands there twice; names the line.</exception>
    public static Func<ZapRequest, ZapDecision> Parse(string path, string[] lines)
    {
        var passwords = new Dictionary<string, (byte[] Hash, int Line)>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            var end = line.AsSpan().IndexOfAny(' ', '\t');
            // What stands there may be a password, so it is not shown.
            if (end < 0) throw new FormatException($"{path}:{i + 1}: there is one word: expected NAME PASSWORD");
            var name = line[..end];
            if (!passwords.TryAdd(name, (HashOf(line[end..].TrimStart()), i + 1)))
                throw new FormatException($"{path}:{i + 1}: the user \"{name}\" stands in line {passwords[name].Line} already");
        }
        return request =>
        {
            if (!passwords.TryGetValue(request.Username ?? "", out var known)) return ZapDecision.Deny($"{request.Who} is not in {path}");
            // In constant time, so that nobody finds a password out by parts of it.
            return CryptographicOperations.FixedTimeEquals(known.Hash, HashOf(request.Password ?? ""))
                ? ZapDecision.Allow()
                : ZapDecision.Deny($"{request.Who} has another password in {path}");
        };
    }

    private static byte[] HashOf(string password) => SHA256.HashData(Encoding.UTF8.GetBytes(password));
}
