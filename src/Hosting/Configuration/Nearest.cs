namespace Actors.Hosting.Configuration;

/// <summary>Finds the known word that a misspelt one was probably meant to be.</summary>
internal static class Nearest
{
    /// <summary>" (did you mean "x"?)", or nothing when no known word is close.</summary>
    public static string Hint(string word, IEnumerable<string> known)
    {
        var best = known.Select(candidate => (candidate, distance: Distance(word, candidate))).DefaultIfEmpty((candidate: "", distance: int.MaxValue)).MinBy(pair => pair.distance);
        return best.distance <= Math.Max(2, word.Length / 2) ? $" (did you mean \"{best.candidate}\"?)" : "";
    }

    /// <summary>How far the nearest known word is away.</summary>
    public static int Distance(string word, IEnumerable<string> known) => known.Select(candidate => Distance(word, candidate)).DefaultIfEmpty(int.MaxValue).Min();

    /// <summary>The Levenshtein distance: the fewest insertions, deletions and replacements.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var cost = from[i - 1] == to[j - 1] ? diagonal : 1 + Math.Min(diagonal, Math.Min(row[j], row[j - 1]));
                diagonal = row[j];
                row[j] = cost;
            }
        }
        return row[^1];
    }
}
