using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Actors.Zmtp.Tests.Conformance;

/// <summary>Holds docs/zmtp/conformance.md against the tests of this assembly.</summary>
public partial class ClauseMatrixTests
{
    private const string Document = "docs/zmtp/conformance.md";

    private sealed record Clause(int Line, string Id, string Proof)
    {
        public bool IsOpen => Proof.StartsWith("not yet", StringComparison.Ordinal);

        public bool IsForOthers => Proof.StartsWith("n/a", StringComparison.Ordinal);

        public bool Differs => Proof.StartsWith("differs", StringComparison.Ordinal);

        public bool HasTests => !IsOpen && !IsForOthers;
    }

    [GeneratedRegex(@"^\| ([A-Z0-9]+-\d+) \| [^|]+ \| ([^|]+) \|$")]
    private static partial Regex ClauseLine();

    [GeneratedRegex(@"^(not yet|n/a): \S.+$")]
    private static partial Regex Reason();

    [GeneratedRegex(@"^differs, \[\d{4}\]\((\.\./decisions/[^)]+\.md)\): (.+)$")]
    private static partial Regex Decision();

    [Fact]
    public void Each_clause_has_an_id_of_its_own_and_a_proof_or_a_reason()
    {
        var clauses = Read();
        Assert.Equal(clauses.Count, clauses.Select(clause => clause.Id).Distinct().Count());
        foreach (var clause in clauses.Where(clause => !clause.HasTests))
            Assert.True(Reason().IsMatch(clause.Proof), $"{Document}, line {clause.Line}: \"{clause.Proof}\" has no reason; expected \"not yet: reason\" or \"n/a: reason\".");
    }

    [Fact]
    public void Each_clause_that_differs_names_a_decision_that_exists()
    {
        foreach (var clause in Read().Where(clause => clause.Differs))
        {
            var match = Decision().Match(clause.Proof);
            Assert.True(match.Success, $"{Document}, line {clause.Line}: expected \"differs, [0000](../decisions/....md): Class.Method, ...\", was: {clause.Proof}");
            var page = Path.Combine(Path.GetDirectoryName(Find())!, match.Groups[1].Value);
            Assert.True(File.Exists(page), $"{Document}, line {clause.Line}: there is no {page}.");
        }
    }

    [Fact]
    public void Each_test_that_is_named_exists()
    {
        var tests = typeof(ClauseMatrixTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Where(IsTest).Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet();
        foreach (var clause in Read().Where(clause => clause.HasTests))
        {
            foreach (var name in Decision().Replace(clause.Proof, "$2").Split(", "))
                Assert.True(tests.Contains(name), $"{Document}, line {clause.Line}: clause {clause.Id} names the test \"{name}\", which does not exist.");
        }
    }

    [Fact]
    public void The_head_counts_and_lists_what_has_no_test_yet()
    {
        var clauses = Read();
        var open = clauses.Where(clause => clause.IsOpen).Select(clause => clause.Id).ToList();
        var differing = clauses.Count(clause => clause.Differs);
        var others = clauses.Count(clause => clause.IsForOthers);
        var tested = clauses.Count - open.Count - differing - others;
        var expected = string.Create(
            CultureInfo.InvariantCulture,
            $"{clauses.Count} clauses, {tested} with a test, {differing} that differ by a decision, {others} that do not apply, {open.Count} not yet{(open.Count == 0 ? "" : ": ")}{string.Join(", ", open)}.");
        Assert.True(File.ReadAllText(Find()).Contains(expected, StringComparison.Ordinal), $"The head of {Document} does not say: {expected}");
    }

    private static List<Clause> Read()
    {
        var clauses = new List<Clause>();
        var lines = File.ReadAllLines(Find());
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith('|') || lines[i].StartsWith("| Id |", StringComparison.Ordinal) || lines[i].StartsWith("|-", StringComparison.Ordinal))
                continue;
            var match = ClauseLine().Match(lines[i]);
            Assert.True(match.Success, $"{Document}, line {i + 1}: expected \"| ID-1 | clause | Class.Method, ... |\", was: {lines[i]}");
            clauses.Add(new(i + 1, match.Groups[1].Value, match.Groups[2].Value));
        }

        Assert.NotEmpty(clauses);
        return clauses;
    }

    private static bool IsTest(MethodInfo method) => method.GetCustomAttributes<FactAttribute>().Any();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Actors.sln")))
                return Path.Combine(folder.FullName, Document);
        }

        throw new InvalidOperationException($"There is no Actors.sln above {AppContext.BaseDirectory}.");
    }
}
