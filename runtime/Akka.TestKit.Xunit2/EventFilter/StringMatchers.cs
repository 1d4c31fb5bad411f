using System.Text.RegularExpressions;

namespace Akka.TestKit.Internal.StringMatcher;

public interface IStringMatcher
{
    bool IsMatch(string s);
}

public class MatchesAll : IStringMatcher
{
    private MatchesAll()
    {
    }

    public static IStringMatcher Instance { get; } = new MatchesAll();

    public bool IsMatch(string s) => true;

    public override string ToString() => "";
}

public class EqualsString : IStringMatcher
{
    private readonly string _s;

    public EqualsString(string s)
    {
        _s = s;
    }

    public bool IsMatch(string s) => string.Equals(_s, s, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => $"== \"{_s}\"";
}

public class StartsWithString : IStringMatcher
{
    private readonly string _start;

    public StartsWithString(string start)
    {
        _start = start;
    }

    public bool IsMatch(string s) => s.StartsWith(_start, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => $"starts with \"{_start}\"";
}

public class ContainsString : IStringMatcher
{
    private readonly string _part;

    public ContainsString(string part)
    {
        _part = part;
    }

    public bool IsMatch(string s) => s.Contains(_part, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => $"contains \"{_part}\"";
}

public class RegexMatcher : IStringMatcher
{
    private readonly Regex _regex;

    public RegexMatcher(Regex regex)
    {
        _regex = regex;
    }

    public bool IsMatch(string s) => _regex.IsMatch(s);

    public override string ToString() => $"matches regex \"{_regex}\"";
}

public class PredicateMatcher : IStringMatcher
{
    private readonly Predicate<string> _predicate;
    private readonly string _hint;

    public PredicateMatcher(Predicate<string> predicate, string hint = "")
    {
        _predicate = predicate;
        _hint = hint;
    }

    public bool IsMatch(string s) => _predicate(s);

    public override string ToString() => $"matches predicate {_hint}";
}

/// <summary>Matches a log source: the name of a logger, or the path of an actor with or without the system's address.</summary>
public partial class EqualsStringAndPathMatcher : IStringMatcher
{
    private readonly string _path;
    private readonly bool _canBeRelative;

    /// <param name="canBeRelative">Whether the path may leave the address out: <c>user/a</c> for <c>akka://sys/user/a</c>.</param>
    public EqualsStringAndPathMatcher(string path, bool canBeRelative = true)
    {
        _path = path;
        _canBeRelative = canBeRelative;
    }

    public bool IsMatch(string path)
    {
        if (string.Equals(_path, path, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var source = Path(path);
        var wanted = Path(_path);
        return string.Equals(wanted, source, StringComparison.OrdinalIgnoreCase)
            || (_canBeRelative && string.Equals(wanted.TrimStart('/'), WithoutAddress(source), StringComparison.OrdinalIgnoreCase));
    }

    public override string ToString() => $"== \"{_path}\"";

    // A source that is an actor may come in brackets, and with the uid of its incarnation.
    private static string Path(string source) => Uid().Replace(source.Trim('[', ']'), "");

    private static string WithoutAddress(string path) => Address().Replace(path, "").TrimStart('/');

    [GeneratedRegex(@"#-?\d+$")]
    private static partial Regex Uid();

    [GeneratedRegex(@"^akka(\.[a-z]+)*://[^/]*")]
    private static partial Regex Address();
}
