namespace Akka.Util;

public static class WildcardMatch
{
    /// <summary>Whether the whole text matches a pattern in which <c>*</c> stands for any characters and <c>?</c> for one.</summary>
    public static bool Like(this string text, string pattern, bool caseSensitive = false)
    {
        int t = 0, p = 0, starPattern = -1, starText = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                starPattern = p++;
                starText = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || Same(pattern[p], text[t], caseSensitive)))
            {
                p++;
                t++;
            }
            else if (starPattern >= 0)
            {
                p = starPattern + 1;
                t = ++starText;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
            p++;
        return p == pattern.Length;
    }

    private static bool Same(char a, char b, bool caseSensitive) =>
        a == b || (!caseSensitive && char.ToUpperInvariant(a) == char.ToUpperInvariant(b));
}
