using System.Text;

namespace Host.Tests.Commands;

/// <summary>Takes a line of a shell apart as far as examples need it: quotes, pipes, redirections and comments.</summary>
internal static class ShellWords
{
    /// <summary>The arguments behind <c>actors</c>, up to a pipe, a redirection, a closing bracket or a comment.</summary>
    public static IReadOnlyList<string> ArgumentsOf(string line)
    {
        var start = line.IndexOf("actors ", StringComparison.Ordinal);
        Assert.True(start >= 0, $"\"{line}\" does not call actors");
        var (words, word, quote) = (new List<string>(), (StringBuilder?)null, '\0');
        foreach (var c in line[(start + "actors ".Length)..])
        {
            if (quote == c) quote = '\0';
            else if (quote != '\0') word!.Append(c);
            else if (c is '"' or '\'' && !(c == '"' && start > 0 && line[start - 1] == '('))
            {
                quote = c;
                word ??= new StringBuilder();
            }
            else if (c == ' ')
            {
                if (word is not null) words.Add(word.ToString());
                word = null;
            }
            else if (c is '|' or '>' or '<' or ')' or '&' or ';' || (c == '#' && word is null)) break;
            else (word ??= new StringBuilder()).Append(c);
        }
        if (word is not null) words.Add(word.ToString());
        return words;
    }
}
