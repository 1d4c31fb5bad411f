namespace Actors.Transport;

/// <summary>The public keys of the clients that may connect: one in Z85 a line, then a name if it has one; <c>#</c> begins a comment.</summary>
internal static class AllowedClients
{
    /// <exception cref="FormatException">A line has no key, or a key stands there twice; names the line.</exception>
    public static Func<ZapRequest, ZapDecision> Parse(string path, string[] lines)
    {
        var names = new Dictionary<string, (string Name, int Line)>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            // No key in Z85 begins with #: five characters that do stand for more than four bytes.
            if (line.Length == 0 || line[0] == '#') continue;
            var end = line.AsSpan().IndexOfAny(' ', '\t') is >= 0 and var cut ? cut : line.Length;
            var key = line[..end];
            if (CurveKeys.PublicKey(key) is null)
                throw new FormatException($"{path}:{i + 1}: \"{key}\" is not a public key: expected 40 characters of Z85");
            var name = line[end..].Trim();
            if (name.StartsWith('#')) name = "";
            else if (name.IndexOf(" #", StringComparison.Ordinal) is >= 0 and var comment) name = name[..comment].TrimEnd();
            if (!names.TryAdd(key, (name, i + 1))) throw new FormatException($"{path}:{i + 1}: the key {key} stands in line {names[key].Line} already");
        }
        return request => names.TryGetValue(request.PublicKey ?? "", out var known)
            ? ZapDecision.Allow(known.Name)
            : ZapDecision.Deny($"{request.Who} is not in {path}");
    }
}
